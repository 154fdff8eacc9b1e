// The way a person came, as plain state: nothing of it is lost when the app is ended, for it is one short text.

import Companion

/// The screens one lies over, the present one last; never empty.
public struct BackStack: Equatable, Sendable {
    /// What the core keeps at most. Every character of a kept text is one byte.
    static let longest = 1_024

    /// The screens.
    public let routes: [Route]

    private init(_ routes: [Route]) { self.routes = routes }

    /// The first place of the bar.
    public static func start(_ frame: FrameView) -> BackStack {
        BackStack([.at(frame.bar.first?.place ?? .more)])
    }

    /// The way that `text` tells, without the places that `frame` does not have (any more); else the first place.
    public init(text: String?, frame: FrameView) {
        let places = (frame.bar + frame.more).map(\.place)
        let routes = (text ?? "").split(separator: "/").compactMap { Route(word: $0) }
        let there = routes.prefix { route in
            if case .at(let place) = route { places.contains(place) } else { true }
        }
        if case .at = there.first { self.init(Array(there)) } else { self = .start(frame) }
    }

    /// The present screen.
    public var top: Route { routes.last ?? .at(.more) }

    /// Whether there is a screen before.
    public var canGoBack: Bool { routes.count > 1 }

    /// Which place of `frame`'s bar the present screen belongs to.
    public func place(in frame: FrameView) -> Place {
        if case .at(let place) = routes.first, frame.bar.contains(where: { $0.place == place }) { place } else { .more }
    }

    /// The screens over a place of `frame`'s bar.
    public func path(over place: Place, in frame: FrameView) -> [Route] {
        guard place == self.place(in: frame) else { return [] }
        // A place that left the bar lies behind its last one.
        return routes.first == .at(place) ? Array(routes.dropFirst()) : routes
    }

    /// Goes to a screen; to one that lies before already by going back.
    public func opening(_ route: Route) -> BackStack {
        if let before = routes.firstIndex(of: route) { return BackStack(Array(routes[...before])) }
        return BackStack(routes + [route])
    }

    /// Goes to a place of the bar, or behind its last one, and leaves everything else.
    public func going(to place: Place, in frame: FrameView) -> BackStack {
        let isInBar = frame.bar.contains { $0.place == place }
        return BackStack(isInBar ? [.at(place)] : [.at(.more), .at(place)])
    }

    /// Has these screens over a place of the bar, as after a swipe back.
    public func showing(_ path: [Route], over place: Place) -> BackStack { BackStack([.at(place)] + path) }

    /// Goes back by one; stays where nothing is before.
    public func goingBack() -> BackStack { canGoBack ? BackStack(Array(routes.dropLast())) : self }

    /// As a text for `init(text:frame:)`: at most `longest` bytes, else as much of the way's beginning as goes in.
    public var text: String {
        var text = ""
        for word in routes.map(\.word) {
            let longer = text.isEmpty ? word : "\(text)/\(word)"
            guard longer.utf8.count <= Self.longest else { break }
            text = longer
        }
        return text
    }
}
