// What the settings call, done by the core.

package mobile.companion.ui.settings

import mobile.companion.ui.model.AppModel

internal class SettingsModel(private val app: AppModel) : SettingsActions {
    private val appLock = app.core.appLock()

    override fun lock(on: Boolean) {
        app.act {
            if (on) appLock.turnOn() else appLock.turnOff()
            app.lookAgain()
        }
    }

    override fun signOut() = app.signIn.signOut()
}
