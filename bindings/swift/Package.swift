// swift-tools-version: 6.0

import PackageDescription

let package = Package(
    name: "Companion",
    platforms: [.iOS(.v16), .macOS(.v13)],
    products: [.library(name: "Companion", targets: ["Companion"])],
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
        .testTarget(name: "CompanionTests", dependencies: ["Companion"]),
    ]
)
