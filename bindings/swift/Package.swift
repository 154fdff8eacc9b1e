// swift-tools-version: 6.0

import PackageDescription

let package = Package(
    name: "Companion",
    platforms: [.iOS(.v17), .macOS(.v14)],
    products: [
        .library(name: "Companion", targets: ["Companion"]),
        .library(name: "CompanionPlatform", targets: ["CompanionPlatform"]),
        .library(name: "CompanionScreens", targets: ["CompanionScreens"]),
    ],
    targets: [
        // Generated/ is written by `cargo run -p companion-bindgen` and never committed.
        .systemLibrary(name: "CompanionBindingsFFI", path: "Generated/CompanionBindingsFFI"),
        .target(
            name: "CompanionBindings",
            dependencies: ["CompanionBindingsFFI"],
            path: "Generated/CompanionBindings",
            // The generator's own code is not ready for Swift 6 mode; ours, below, is.
            swiftSettings: [.swiftLanguageMode(.v5)],
            linkerSettings: [.linkedLibrary("companion")]
        ),
        .target(name: "Companion", dependencies: ["CompanionBindings"]),
        // What an iPhone lends the core. Empty but for plain rules where Apple's frameworks are not.
        .target(name: "CompanionPlatform", dependencies: ["Companion"]),
        // What the screens draw and call, without any UI.
        .target(name: "CompanionScreens", dependencies: ["Companion"]),
        .testTarget(name: "CompanionTests", dependencies: ["Companion", "CompanionPlatform", "CompanionScreens"]),
    ]
)
