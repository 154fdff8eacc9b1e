// The core behind the screens: its views as state, what the person asks for as work, and where they are. It decides nothing.

import Companion
import Observation

/// Everything the screens draw and call. One for an app. The views are pulled off the main thread.
@MainActor
@Observable
public final class AppModel {
    /// What stands around the screens.
    public private(set) var frame: FrameView

    /// Where the person stands with the operator.
    public private(set) var session: SessionView

    /// The lock over all screens. It changes when the session does, when it is turned, and while the app is away.
    public private(set) var lock: AppLockView

    /// What went wrong last, until the person closes it, does something about it, or goes elsewhere.
    public internal(set) var problem: ShownProblem?

    /// Whether the screens stay covered although the app is in front: it was away with its lock on, and whether it is locked now
    /// is not known yet.
    public private(set) var isCovered = false

    /// A letter that lies over the screen until it is sent or closed.
    public private(set) var letter: PreparedRequest?

    /// Where the person is, and how they came there. It is kept by the core, and gone when they sign out.
    public private(set) var stack: BackStack {
        didSet {
            guard stack != oldValue else { return }
            kept.yield(stack.text)
            if stack.top != oldValue.top { left(oldValue) }
        }
    }

    /// The words of buttons, fields and headings.
    @ObservationIgnored public let labels: Labels
    @ObservationIgnored let core: CompanionCore
    @ObservationIgnored let device: any Device
    @ObservationIgnored private let kept: AsyncStream<String>.Continuation
    @ObservationIgnored private let tasks = Tasks()
    @ObservationIgnored private var pulls: [@Sendable () -> Void] = []
    @ObservationIgnored private let first: FirstViews
    @ObservationIgnored private var isAway = false
    /// A locked core does not say where the person was.
    @ObservationIgnored private var isWayUnknown: Bool
    /// What the letter is of is done with once it was handed on.
    @ObservationIgnored private var handedOn: @MainActor () -> Void = {}
    /// What went wrong on screens while the person was on another: it is said where it belongs.
    @ObservationIgnored var elsewhere: [Route: ShownProblem] = [:]
    @ObservationIgnored private var isUnlocking = false
    /// Who waits for the app to be back.
    @ObservationIgnored private var waiting: [CheckedContinuation<Void, Never>] = []

    /// Signing in and out.
    @ObservationIgnored public private(set) lazy var signIn = SignInModel(app: self)
    /// The usage screens.
    @ObservationIgnored public private(set) lazy var usage = UsageModel(app: self, view: first.usage)
    /// The notifications screen.
    @ObservationIgnored public private(set) lazy var notifications = NotificationsModel(
        app: self, view: first.preferences, alerts: first.alerts)
    /// The invoice screens.
    @ObservationIgnored public private(set) lazy var invoices = InvoicesModel(app: self, view: first.invoices)
    /// The Wi-Fi calling screen.
    @ObservationIgnored public private(set) lazy var wifiCalling = WifiCallingModel(app: self, view: first.wifiCalling)
    /// The screens of getting started.
    @ObservationIgnored public private(set) lazy var gettingStarted = GettingStartedModel(
        app: self, view: first.activation)
    /// PIN and PUK.
    @ObservationIgnored public private(set) lazy var sim = SimModel(app: self)
    /// The settings.
    @ObservationIgnored public private(set) lazy var settings = SettingsModel(app: self)
    /// Help.
    @ObservationIgnored public private(set) lazy var help = HelpModel(app: self)

    /// One that begins with `first`, which was pulled off the main thread. Throws `Problem` where the core does not let itself be
    /// watched.
    public init(core: CompanionCore, device: any Device, first: FirstViews) throws {
        self.core = core
        self.device = device
        self.first = first
        labels = first.labels
        frame = first.frame
        session = first.session
        lock = first.lock
        isWayUnknown = first.lock.locked
        stack = BackStack(text: first.frame.keptScreen, frame: first.frame)
        let (ways, kept) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingNewest(1))
        self.kept = kept
        tasks.add(Task { for await way in ways { try? await core.keepScreen(screen: way) } })
        try watch()
    }

    /// The name of a place; empty of one that is not there.
    public func title(of place: Place) -> SpokenText {
        (frame.bar + frame.more).first { $0.place == place }?.label ?? SpokenText(text: "", spoken: "")
    }

    /// Goes to a screen.
    public func open(_ route: Route) { move(stack.opening(route)) }

    /// Goes to a place of the bar, or behind its last one.
    public func open(_ place: Place) { move(stack.going(to: place, in: frame)) }

    /// Has these screens over a place of the bar, as after a swipe back.
    public func show(_ path: [Route], over place: Place) { move(stack.showing(path, over: place)) }

    /// Goes back by one screen.
    public func back() { move(stack.goingBack()) }

    private func move(_ stack: BackStack) {
        isWayUnknown = false
        guard stack != self.stack else { return }
        go(stack)
    }

    private func go(_ stack: BackStack) {
        self.stack = stack
        entered()
    }

    /// What is shown of a SIM is shown on its screen alone, and what was typed of an eSIM is not left about.
    private func left(_ before: BackStack) {
        problem = elsewhere.removeValue(forKey: stack.top)
        sim.hide()
        if before.holdsEsim && !stack.holdsEsim {
            gettingStarted.forgetTyped()
            gettingStarted.forgetHandover()
        }
        invoices.forgetShared(but: stack)
    }

    /// The person who signed in begins where they left off, or at the first place; nothing of whoever was here before lies over it.
    func begin() {
        clear()
        frame = core.frame()
        isWayUnknown = false
        let isNew = frame.keptScreen == nil
        forgetTyped(bySomebodyElse: isNew)
        go(BackStack(text: frame.keptScreen, frame: frame))
        if isNew { lead() }
    }

    /// Whoever has a line on its way begins there, unless they have gone elsewhere before that is known.
    private func lead() {
        let begun = stack
        Task {
            try? await core.activation().refreshIfDue()
            let now = core.frame()
            guard now.isGettingStarted, stack == begun else { return }
            frame = now
            go(.start(now))
        }
    }

    /// Secrets and passing things at every beginning; what somebody made, where it is somebody else's.
    private func forgetTyped(bySomebodyElse isNew: Bool) {
        signIn.typed.clear()
        gettingStarted.forgetTyped()
        guard isNew else { return }
        notifications.forgetTyped()
        wifiCalling.typedPlace.clear()
        invoices.forgetDrafts()
        help.words = ""
    }

    /// The app is on the screen, and the core awake: what moves with the clock is drawn anew, what is no longer good is asked for,
    /// and what the person asked for meanwhile begins. Who comes back to a lock is asked at once who they are; not again when the
    /// phone's own prompt goes.
    public func cameToFront() {
        let wasAway = isAway
        core.appLock().cameBack()
        // Before anything is uncovered, or the figures would be seen until the view is pulled.
        lookAtLock()
        isCovered = false
        isAway = false
        for waiting in waiting { waiting.resume() }
        waiting = []
        lookAgain()
        signIn.cameToFront()
        entered()
        if !lock.locked {
            invoices.resumeDownloads()
        } else if wasAway {
            unlock(isAsked: false)
        }
        // It says which places there are.
        Task { await ask { try await core.activation().refreshIfDue() } }
    }

    /// There is a network again, while the app is on the screen: what could not be had is asked for.
    public func networkReturned() { entered() }

    /// The app left the screen. Until it came to the front again, what is asked of the core waits: it may be asleep.
    public func leftScreen() {
        core.appLock().leftScreen()
        isCovered = lock.on
        isAway = true
        sim.conceal()
        lookAgain()
    }

    /// Returns once the app is in front, and the core awake.
    func isBack() async {
        if isAway { await withCheckedContinuation { waiting.append($0) } }
    }

    /// What brought the person here, also what had to wait for the screens.
    public func arrived(by arrival: Arrival) {
        switch arrival {
        case .link(let url): signIn.cameBack(url)
        case .notification: open(.usage)
        }
    }

    /// Opens a prepared request to the fleet manager.
    public func write(_ kind: RequestKind) { write(core.prepareRequest(kind: kind, number: nil)) }

    /// As the other one; `handedOn` is done once it was shared, or a mail program has it.
    func write(_ request: PreparedRequest, handedOn: @escaping @MainActor () -> Void = {}) {
        self.handedOn = handedOn
        letter = request
    }

    /// Shares the letter. It stays on the screen until it is closed.
    public func share(_ request: PreparedRequest) {
        let handedOn = handedOn
        Task { if await device.share(subject: request.subject, text: request.shareText) { handedOn() } }
    }

    /// Opens the letter in a mail program. It stays on the screen, for it may be that none opens.
    public func mail(_ request: PreparedRequest) {
        let handedOn = handedOn
        hand {
            guard await $0.openLink(request.mailto) else { return false }
            handedOn()
            return true
        }
    }

    /// Closes the letter.
    public func closeLetter() { letter = nil }

    /// Asks the phone who is there, unless it is asking.
    public func unlock() { unlock(isAsked: true) }

    private func unlock(isAsked: Bool) {
        act(isAsked: isAsked) { [unowned self] _ in
            // Here, where a second try after a failure passes too.
            guard !isUnlocking else { return }
            isUnlocking = true
            defer { isUnlocking = false }
            try await core.appLock().unlock()
            lookAgain()
            if isWayUnknown {
                isWayUnknown = false
                frame = core.frame()
                go(BackStack(text: frame.keptScreen, frame: frame))
            } else {
                entered()
            }
            invoices.resumeDownloads()
        }
    }

    /// Pulls every view now.
    func lookAgain() {
        let pulls = pulls
        Task.detached { for pull in pulls { pull() } }
    }

    /// Nothing of whoever was here lies over what comes.
    private func clear() {
        letter = nil
        problem = nil
        elsewhere = [:]
        device.closeAll()
    }

    private func stands(_ view: SessionView) {
        let before = session
        session = view
        guard view.asksToSignIn && !before.asksToSignIn else { return }
        letter = nil
        device.closeAll()
    }

    private func lookAtLock() {
        let before = lock.locked
        lock = core.appLock().state()
        if lock.locked && !before { device.closeAll() }
    }

    private func entered() {
        let route = stack.top
        Task {
            await isBack()
            await ask(for: route)
        }
    }

    private func watch() throws {
        watch(try core.frameViews()) { $0.frame = $1 }
        watch(try core.sessionViews()) { $0.stands($1) }
        // Looked at now: the view of a moment ago may be of before the app was away.
        watch(try core.appLockViews()) { model, _ in model.lookAtLock() }
        watch(try core.usageViews()) {
            $0.usage.view = $1
            $0.notifications.postDue()
        }
        watch(try core.alertsViews()) {
            $0.notifications.alerts = $1
            $0.notifications.postDueLater()
        }
        watch(try core.preferencesViews()) { $0.notifications.view = $1 }
        watch(try core.invoicesViews()) { $0.invoices.view = $1 }
        watch(try core.wifiCallingViews()) { $0.wifiCalling.view = $1 }
        watch(try core.activationViews()) { $0.gettingStarted.view = $1 }
    }

    private func watch<View>(_ views: Views<View>, _ draw: @escaping @MainActor (AppModel, View) -> Void) {
        pulls.append { views.pull() }
        tasks.add(
            Task { [weak self] in
                for await view in views {
                    guard let self else { return }
                    draw(self, view)
                }
            })
    }
}

extension FrameView {
    fileprivate var isGettingStarted: Bool { bar.first?.place == .gettingStarted }
}

extension BackStack {
    fileprivate var holdsEsim: Bool {
        routes.contains { if case .esim = $0 { true } else { false } }
    }
}
