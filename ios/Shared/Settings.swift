// What the project says of this app, in Info.plist; and the folder that app and widget share.

import Foundation
import UIKit

/// This app's own settings. A missing one is a mistake of the project's, which shows at the first start.
enum Settings {
    /// The app's name.
    static var name: String { text("CFBundleDisplayName") }
    /// The group of app and widget.
    static var appGroup: String { text("CompanionAppGroup") }
    /// Where a sign-in comes back to; empty: as the profile says.
    static var redirectUri: String { text("CompanionRedirectUri") }
    /// The app's page in the store.
    static var storePage: String { text("CompanionStorePage") }
    /// Tells this app's items in the Keychain from others.
    static var service: String { Bundle.main.bundleIdentifier ?? "mobile.companion" }
    /// The background refresh.
    static var refresh: String { text("CompanionRefreshTask") }

    private static func text(_ key: String) -> String {
        Bundle.main.object(forInfoDictionaryKey: key) as? String ?? ""
    }
}

/// The core's folder: shared with the widget, in no backup.
func coreFolder() throws -> URL {
    let files = FileManager.default
    guard let group = files.containerURL(forSecurityApplicationGroupIdentifier: Settings.appGroup) else {
        throw CocoaError(.fileNoSuchFile)
    }
    var folder = group.appendingPathComponent("companion", isDirectory: true)
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
    var values = URLResourceValues()
    values.isExcludedFromBackup = true
    try folder.setResourceValues(values)
    return folder
}
