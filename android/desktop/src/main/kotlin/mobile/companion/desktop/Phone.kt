// One person's phone: the core in a folder of its own, and the app on it.

package mobile.companion.desktop

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import mobile.companion.Clock
import mobile.companion.CompanionCore
import mobile.companion.CoreConfig
import mobile.companion.Host
import mobile.companion.Problem
import mobile.companion.postDueAlerts
import mobile.companion.ui.model.AppModel
import java.io.File

/** An opened phone. */
class Phone private constructor(
    private val core: CompanionCore,
    private val device: DesktopDevice,
    private val scope: CoroutineScope,
    /** The app. */
    val model: AppModel,
) {
    private fun begin() {
        core.preferences().setNotificationSettings(DesktopDevice.settings)
        scope.launch { model.usage.collectLatest { postDue() } }
        model.cameToFront()
    }

    /** The network came, or went. */
    fun networkChanged() = core.networkChanged()

    /** Locks the app, where its lock is on. */
    fun lock() {
        core.appLock().lock()
        model.lookAgain()
    }

    private suspend fun postDue() = try {
        core.alerts().postDueAlerts(device::post)
    } catch (_: Problem) {
        // What was not marked is due again a minute later.
    }

    /** As when the app is put to sleep and then ended. */
    suspend fun close() {
        scope.coroutineContext[Job]?.cancelAndJoin()
        withContext(Dispatchers.IO) {
            core.suspend(DEADLINE_MS)
            core.close()
        }
    }

    companion object {
        private const val DEADLINE_MS = 4_000u

        /** Opens what is in [folder], in that [language]. On the main thread, which does not wait. Throws [Problem]. */
        suspend fun open(folder: File, profile: String, language: String, clock: Clock, device: DesktopDevice): Phone {
            val data = File(folder, "data")
            val config = CoreConfig(data.path, profile, listOf(language), redirectUri = null)
            val host = Host(FileSecrets(File(folder, "secrets")), clock, userPresence = AskedPresence())
            val core = withContext(Dispatchers.IO) {
                data.mkdirs()
                CompanionCore.open(config, host)
            }
            val scope = CoroutineScope(SupervisorJob() + Dispatchers.Main)
            val model = withContext(Dispatchers.Default) { AppModel(core, device, scope) }
            return Phone(core, device, scope, model).also(Phone::begin)
        }
    }
}
