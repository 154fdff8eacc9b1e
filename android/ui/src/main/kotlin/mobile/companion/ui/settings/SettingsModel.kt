// What the settings call, done by the core.

package mobile.companion.ui.settings

import mobile.companion.ui.model.AppModel

/** Looking something up elsewhere and coming back asks nobody again. */
private const val GRACE_SECONDS = 60u

internal class SettingsModel(private val app: AppModel) : SettingsActions {
    private val appLock = app.core.appLock()

    override fun lock(on: Boolean) {
        app.act {
            if (on) appLock.turnOn(GRACE_SECONDS) else appLock.turnOff()
            app.lookAgain()
        }
    }

    override fun signOut() = app.signIn.signOut()
}
