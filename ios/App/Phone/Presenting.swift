// What lies over the screens when they ask the phone for it: the share sheet, Quick Look, the camera.

import QuickLook
import SwiftUI
import UIKit
import VisionKit

extension View {
    /// Shows what the device wants shown.
    @MainActor func presenting(_ device: PhoneDevice) -> some View { modifier(Presenting(device: device)) }
}

private struct Presenting: ViewModifier {
    @Bindable var device: PhoneDevice

    func body(content: Content) -> some View {
        content
            .sheet(item: $device.shared) { ShareSheet(items: $0.items) }
            .sheet(isPresented: $device.isScanning) { Scanner(found: { device.scanned($0) }) }
            .quickLookPreview($device.document)
    }
}

private struct ShareSheet: UIViewControllerRepresentable {
    let items: [Any]

    func makeUIViewController(context: Context) -> UIActivityViewController {
        UIActivityViewController(activityItems: items, applicationActivities: nil)
    }

    func updateUIViewController(_ controller: UIActivityViewController, context: Context) {}
}

/// Reads the code of an eSIM from paper or another screen. Nothing of it leaves the phone.
private struct Scanner: UIViewControllerRepresentable {
    let found: @MainActor (String) -> Void

    func makeUIViewController(context: Context) -> DataScannerViewController {
        let scanner = DataScannerViewController(recognizedDataTypes: [.barcode(symbologies: [.qr])])
        scanner.delegate = context.coordinator
        // Refused without the camera; then the person types the code.
        try? scanner.startScanning()
        return scanner
    }

    func updateUIViewController(_ controller: DataScannerViewController, context: Context) {}

    func makeCoordinator() -> Coordinator { Coordinator(found: found) }

    @MainActor
    final class Coordinator: DataScannerViewControllerDelegate {
        private let found: @MainActor (String) -> Void

        init(found: @escaping @MainActor (String) -> Void) { self.found = found }

        func dataScanner(
            _ dataScanner: DataScannerViewController, didAdd addedItems: [RecognizedItem], allItems: [RecognizedItem]
        ) {
            for case .barcode(let code) in addedItems {
                if let text = code.payloadStringValue { return found(text) }
            }
        }
    }
}
