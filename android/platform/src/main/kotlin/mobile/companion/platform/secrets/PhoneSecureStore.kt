package mobile.companion.platform.secrets

import android.content.Context
import android.os.UserManager
import mobile.companion.SecureStore
import java.io.File

/**
 * The phone's `SecureStore`: sealed files in the app's folder that no backup takes, under a key of the Android Keystore. One
 * for the whole process.
 */
fun phoneSecureStore(context: Context): SecureStore {
    val users = context.getSystemService(UserManager::class.java)
    val folder = File(context.noBackupFilesDir, "secrets")
    return SerialSecureStore(FileSecureStore(folder, KeystoreWrap("companion.secrets"), users::isUserUnlocked))
}
