package mobile.companion.platform

import android.content.Context
import mobile.companion.CoreConfig
import mobile.companion.Host
import mobile.companion.platform.network.PhoneNetwork
import mobile.companion.platform.network.PhoneProbeNetwork
import mobile.companion.platform.secrets.PhonePresence
import mobile.companion.platform.secrets.phoneSecureStore
import java.io.File

/** To ask this phone's clock takes longer than to draw a screen. */
private const val CLOCK_LASTS_MS: UInt = 1_000u

/**
 * All that this phone lends the core; one for the whole process. There is no `BackgroundGuard`: Android ends no app for
 * finishing a request behind another app.
 */
fun phoneHost(context: Context): Host = Host(
    secureStore = phoneSecureStore(context),
    clock = PhoneClock(context),
    userPresence = PhonePresence(context),
    network = PhoneNetwork(context),
    probeNetwork = PhoneProbeNetwork(context),
    clockLastsMs = CLOCK_LASTS_MS,
)

/** Where the core keeps what it keeps: the app's own folder that no backup takes. A widget reads it too. */
fun dataDir(context: Context): String = File(context.noBackupFilesDir, "core").path

/** The person's languages, best first: the phone's, or those they chose for this app. */
fun languages(context: Context): List<String> = context.resources.configuration.locales.let { locales ->
    List(locales.size()) { locales[it].toLanguageTag() }
}

/** What the core is opened with. */
fun coreConfig(context: Context, profileJson: String, languages: List<String>): CoreConfig =
    CoreConfig(dataDir = dataDir(context), profileJson = profileJson, languages = languages)
