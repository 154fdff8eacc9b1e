// Stands in for what is not on Maven Central: the shape that the app calls, and nothing behind it.

package androidx.browser.auth

import android.content.Intent
import android.net.Uri
import androidx.activity.result.ActivityResultCallback
import androidx.activity.result.ActivityResultCaller
import androidx.activity.result.ActivityResultLauncher

class AuthTabIntent private constructor() {
    fun launch(launcher: ActivityResultLauncher<Intent>, url: Uri, redirectScheme: String): Unit = TODO()

    fun launch(launcher: ActivityResultLauncher<Intent>, url: Uri, redirectHost: String, redirectPath: String): Unit = TODO()

    class Builder {
        fun build(): AuthTabIntent = TODO()
    }

    class AuthResult(
        @JvmField val resultCode: Int,
        @JvmField val resultUri: Uri?,
    )

    companion object {
        const val RESULT_OK = -1

        @JvmStatic
        fun registerActivityResultLauncher(
            caller: ActivityResultCaller,
            callback: ActivityResultCallback<AuthResult>,
        ): ActivityResultLauncher<Intent> = TODO()
    }
}
