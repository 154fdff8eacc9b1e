// What a person can ask for in the settings.

package mobile.companion.ui.settings

/** What the settings call. */
interface SettingsActions {
    /** Turns the app lock. */
    fun lock(on: Boolean)

    /** Signs out on this phone. */
    fun signOut()
}
