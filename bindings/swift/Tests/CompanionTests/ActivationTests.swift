// Getting started behind the Swift face: the track, what the person tells, help, and a secret that wants a fresh sign-in.

import Companion
import Foundation
import Testing

extension SandboxTests {
    @Test func aNumberThatMovesIsFollowedByWhatThePersonTells() async throws {
        let sandbox = try await Sandbox(scene: ["seed": 1, "now": Phone.noon])
        let phone = try Phone(profile: sandbox.profile)
        try await phone.signIn(try sandbox.person("ines"), with: sandbox)
        let room = phone.core.activation()
        try await room.refresh()
        let view = try #require(await phone.core.activationViews().first { !$0.lines.isEmpty })
        #expect(view.isFirstPlace && view.sims.count == 1)
        let frame = try #require(await phone.core.frameViews().first { _ in true })
        #expect(frame.bar.first?.place == .gettingStarted, "until the line works")
        let line = try #require(view.lines.first)
        let first = try #require(line.now.answers.first)
        try await room.tell(lineId: line.id, answerId: first.id)
        let told = try #require(await phone.core.activationViews().first { $0.lines.first?.steps[1].state == .done })
        #expect(told.lines.first?.now.byWhen.count == 2, "what is usual and what the law allows")

        try phone.reopen()
        #expect(phone.core.activation().state().lines.first?.steps[1].state == .done, "over a restart")
        #expect(!phone.core.help().articles(topic: .gettingStarted).isEmpty)
    }
}
