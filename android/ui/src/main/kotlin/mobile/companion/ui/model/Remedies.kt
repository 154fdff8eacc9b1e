// What the button under a problem does: the core says which, here it is done.

package mobile.companion.ui.model

import mobile.companion.Remedy
import mobile.companion.SignInPurpose

internal class Remedies(private val app: AppModel) {
    /** Does what [remedy] says; [again] is what did not work out. */
    fun of(remedy: Remedy?, again: Work) {
        when (remedy) {
            null -> Unit
            Remedy.TryAgain -> app.act(work = again)
            Remedy.OpenBrowser -> app.hand(Device::openNetworkPage)
            Remedy.SignIn, Remedy.CompleteAccount -> app.signIn.start(SignInPurpose.SignIn)
            Remedy.ShowWho -> app.signIn.start(SignInPurpose.StepUp, then = again)
            Remedy.StartAgain -> app.signIn.startAgain()
            Remedy.ReplaceAccount -> app.signIn.replaceAccount()
            is Remedy.AskEmployer -> app.write(remedy.request)
            Remedy.Unlock -> app.unlock()
            Remedy.OpenSettings -> app.hand(Device::openSettings)
            Remedy.UseMobileData -> app.attempt(onMetered = true, work = again)
            Remedy.Update -> app.hand(Device::openStore)
        }
    }
}
