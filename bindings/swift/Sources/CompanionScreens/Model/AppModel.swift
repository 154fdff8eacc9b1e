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
    public private(set) var problem: ShownProblem?

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
            invoices.forgetDrafts(but: stack)
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
        guard stack != self.stack else { return }
        problem = nil
        self.stack = stack
        entered()
    }

    /// The person who signed in begins where they left off, or at the first place; nothing of whoever was here before lies over it.
    func begin() {
        clear()
        frame = core.frame()
        stack = BackStack(text: frame.keptScreen, frame: frame)
        entered()
    }

    /// The app is on the screen, and the core awake: what moves with the clock is drawn anew, what is no longer good is asked for,
    /// and what the person asked for meanwhile begins.
    public func cameToFront() {
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
    }

    /// The app left the screen. Until it came to the front again, what is asked of the core waits: it may be asleep.
    public func leftScreen() {
        core.appLock().leftScreen()
        isCovered = lock.on
        isAway = true
        sim.hide()
        lookAgain()
    }

    /// Returns once the app is in front, and the core awake.
    func isBack() async {
        if isAway { await withCheckedContinuation { waiting.append($0) } }
    }

    /// What brought the person here, also what had to wait for the screens.
    public func arrived(by arrival: Arrival) {
        switch arrival {
        case .link(let url): signIn.finish(url)
        case .invitation(let url): signIn.readInvitation(url)
        case .notification: open(.usage)
        }
    }

    /// Opens a prepared request to the fleet manager.
    public func write(_ kind: RequestKind) { write(core.prepareRequest(kind: kind, number: nil)) }

    func write(_ request: PreparedRequest) { letter = request }

    /// Shares the letter.
    public func share(_ request: PreparedRequest) { device.share(subject: request.subject, text: request.shareText) }

    /// Opens the letter in a mail program.
    public func mail(_ request: PreparedRequest) { hand { await $0.openLink(request.mailto) } }

    /// Opens a page of the operator's own.
    public func open(_ page: HelpPage) { hand { await $0.openBrowser(page.url) } }

    /// Opens what reaches somebody at the operator: the telephone, a letter, a page.
    public func reach(_ contact: ContactView) { hand { await $0.openLink(contact.link) } }

    /// Has another app do something, and says so where none does.
    func hand(_ open: @escaping @MainActor @Sendable (any Device) async -> Bool) {
        act { [unowned self] _ in
            guard await open(device) else { throw Problem.Unexpected(code: "nothing_opened") }
        }
    }

    /// Closes the letter.
    public func closeLetter() { letter = nil }

    /// Asks the phone who is there.
    public func unlock() {
        act { [unowned self] _ in
            try await core.appLock().unlock()
            lookAgain()
        }
    }

    /// Closes the problem.
    public func closeProblem() { problem = nil }

    /// What the problem's button does.
    public func remedy() {
        guard let shown = problem else { return }
        problem = nil
        remedy(shown.explanation.remedy, again: shown.again)
    }

    /// The person wants whoever signed in last, and what was here gone.
    public func replaceAccount() {
        problem = nil
        signIn.replaceAccount()
    }

    /// What the problem's other button does: the person keeps the account that is here.
    public func alternative() {
        problem = nil
        act { [unowned self] _ in try await core.session().keepAccount() }
    }

    /// What the button of a screen's notice does; `refresh` is what did not work out.
    func mend(_ notice: Notice?, _ refresh: @escaping @MainActor @Sendable () async -> Void) {
        remedy(notice?.remedy) { _ in await refresh() }
    }

    /// Articles that belong to a screen.
    public func articles(_ topic: HelpTopic) -> [HelpArticleSummary] { core.help().articles(topic: topic, words: "") }

    /// All articles, or those that the words find.
    public func articles(_ words: String) -> [HelpArticleSummary] { core.help().articles(topic: nil, words: words) }

    /// One article.
    public func article(_ id: String) -> HelpArticle? { core.help().article(id: id) }

    /// Does what the person asked for, and shows what is the matter where it fails.
    @discardableResult
    func act(onMetered: Bool = false, _ work: @escaping Work) -> Task<Void, Never> {
        Task { await attempt(onMetered: onMetered, work) }
    }

    func attempt(onMetered: Bool = false, _ work: @escaping Work) async {
        await isBack()
        do {
            try await work(onMetered)
        } catch let problem as Problem {
            let explanation = core.explain(problem: problem)
            if !explanation.isSilent { self.problem = ShownProblem(explanation: explanation, again: work) }
        } catch {
            // Nothing else is thrown but a cancellation, of a pause or by the person.
        }
    }

    /// Asks the operator for what is new: the view says what came of it.
    func ask(_ work: () async throws -> Void) async {
        await isBack()
        try? await work()
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
