// What a person can ask for of a SIM's secrets.

package mobile.companion.ui.sim

import mobile.companion.SimSecretKind
import mobile.companion.SimSecretView

/** What the SIM screen calls. */
interface SimActions {
    /** What the button of the notice does. */
    fun remedy()

    /** Shows a PIN or PUK for half a minute. */
    fun reveal(simId: String, kind: SimSecretKind)

    /** Takes it off the screen at once. */
    fun hide()

    /** Keeps a copy of the PUK on this phone, or deletes it. */
    fun keepCopy(simId: String, keep: Boolean)

    /** Puts the secret on the clipboard, as sensitive. */
    fun copy(secret: SimSecretView)
}
