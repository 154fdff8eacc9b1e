// What the button under a problem does: the core says which, here it is done.

import Companion

extension AppModel {
    /// Does what `remedy` says; `again` is what did not work out.
    func remedy(_ remedy: Remedy?, again: @escaping Work) {
        switch remedy {
        case nil: break
        case .tryAgain: act(again)
        case .openBrowser: hand { await $0.openNetworkPage() }
        case .signIn, .completeAccount: signIn.start(.signIn)
        case .showWho: signIn.start(.stepUp, then: again)
        case .startAgain: signIn.startAgain()
        case .replaceAccount: signIn.replaceAccount()
        case .askEmployer(let request): write(request)
        case .unlock: unlock()
        case .openSettings: hand { await $0.openSettings() }
        case .useMobileData: act(onMetered: true, again)
        case .update: hand { await $0.openStore() }
        }
    }
}
