// The way a person came, as plain state.

import Companion
import Testing

@testable import CompanionScreens

@Test(
    arguments: [
        ("usage", [.at(.usage)]),
        ("invoices/invoice:a%2Fb", [.at(.invoices), .invoice(id: "a/b")]),
        ("more/sim/esim:", [.at(.more), .at(.sim), .esim(simId: "")]),
        (
            "invoices/pay:1/lines:1/claim:1/running",
            [
                .at(.invoices), .pay(id: "1"), .invoiceLines(id: "1"), .claim(id: "1"), .runningCosts,
            ]
        ),
        ("usage/history:1/article:pin-and-puk", [.at(.usage), .history(lineId: "1"), .article(id: "pin-and-puk")]),
    ] as [(String, [Route])])
func aKeptWayIsReadBackAndWrittenTheSame(_ text: String, _ routes: [Route]) {
    let stack = BackStack(text: text, frame: frame)
    #expect(stack.routes == routes)
    #expect(stack.text == text)
}

@Test(arguments: [nil, "", "invoice:1", "nowhere", "getting_started", "%/%:%"])
func aWayThatLeadsNowhereBeginsAtTheFirstPlace(_ text: String?) {
    #expect(BackStack(text: text, frame: frame).routes == [.at(.usage)])
}

@Test func aWayStopsBeforeAPlaceThatIsNotThereAnyMore() {
    #expect(BackStack(text: "invoices/getting_started/sim", frame: frame).routes == [.at(.invoices)])
}

@Test func aScreenThatLiesBeforeIsReachedByGoingBack() {
    let stack = BackStack(text: "invoices/invoice:1/lines:1", frame: frame)
    #expect(stack.opening(.invoice(id: "1")).routes == [.at(.invoices), .invoice(id: "1")])
    #expect(stack.goingBack().goingBack().goingBack().routes == [.at(.invoices)])
}

@Test func aLongWayIsKeptAsFarAsItGoesIn() {
    var stack = BackStack.start(frame)
    for number in 0..<200 { stack = stack.opening(.article(id: "article-\(number)")) }
    #expect(stack.text.utf8.count <= 1_024)
    #expect(BackStack(text: stack.text, frame: frame).routes.count > 40)
}

@Test func aPlaceBehindTheLastOneLiesOverIt() {
    let stack = BackStack.start(frame).going(to: .sim, in: frame)
    #expect(stack.place(in: frame) == .more)
    #expect(stack.path(over: .more, in: frame) == [.at(.sim)])
    #expect(stack.path(over: .usage, in: frame).isEmpty)
    #expect(stack.showing([], over: .more).routes == [.at(.more)])
}

@Test func aPlaceThatLeftTheBarLiesBehindTheLastOne() {
    let stack = BackStack(text: "sim/article:a", frame: frame)
    #expect(stack.path(over: .more, in: frame) == [.at(.sim), .article(id: "a")])
}

@Test(arguments: [
    (Route.at(.sim), true, true), (.at(.gettingStarted), true, true), (.esim(simId: "1"), true, true),
    (.pay(id: "1"), false, true), (.at(.usage), false, false), (.at(.invoices), false, false),
])
func secretsAndPrivateThingsAreKnownByTheirScreen(_ route: Route, _ secret: Bool, _ isPrivate: Bool) {
    #expect(route.showsSecrets == secret && route.isPrivate == isPrivate)
}

private let frame = FrameView(
    operatorName: "Operator", bar: places([.usage, .invoices, .more]), more: places([.sim, .help, .settings]),
    contacts: [], pages: [], light: palette, dark: palette, keptScreen: nil, version: "1")

private func places(_ places: [Place]) -> [PlaceView] {
    let text = SpokenText(text: "", spoken: "")
    return places.map { PlaceView(place: $0, label: text, short: text) }
}

private let palette = Palette(
    primary: 0, onPrimary: 0, primaryContainer: 0, onPrimaryContainer: 0, secondary: 0, onSecondary: 0,
    secondaryContainer: 0, onSecondaryContainer: 0, warning: 0, onWarning: 0, warningContainer: 0,
    onWarningContainer: 0, error: 0, onError: 0, errorContainer: 0, onErrorContainer: 0, surface: 0, onSurface: 0,
    onSurfaceVariant: 0, surfaceContainerLow: 0, surfaceContainer: 0, surfaceContainerHigh: 0, surfaceVariant: 0,
    outline: 0, outlineVariant: 0)
