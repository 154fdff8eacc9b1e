// Addresses that bring a person to this app from outside. Each is foreign: the core says what it is worth.

package mobile.companion.app

import mobile.companion.ui.model.AppModel

/** Hands an address on: an invitation is a question to the person, anything else may be a sign-in that comes back. */
internal fun AppModel.openLink(url: String) {
    if (url.startsWith(BuildConfig.INVITATION_LINK)) signIn.readInvitation(url) else cameBack(url)
}
