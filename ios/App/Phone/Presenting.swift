// What lies over the screens when they ask the phone for it: the share sheet, Quick Look, the camera.

import QuickLook
import SwiftUI
import UIKit
import VisionKit

extension View {
    /// Shows what the device wants shown, while this is what is on top.
    @MainActor func presenting(_ device: PhoneDevice, isTop: Bool) -> some View {
        modifier(Presenting(device: device, isTop: isTop))
    }
}

private struct Presenting: ViewModifier {
    let device: PhoneDevice
    let isTop: Bool

    func body(content: Content) -> some View {
        content
            .sheet(item: .of(isTop ? device.shared : nil) { if isTop { device.shared = $0 } }) {
                ShareSheet(item: $0, done: device.sharingEnded)
            }
            .sheet(isPresented: .of(isTop && device.isScanning) { if isTop { device.isScanning = $0 } }) {
                ScannerSheet(device: device)
            }
            .quickLookPreview(.of(isTop ? device.document : nil) { if isTop { device.document = $0 } })
    }
}

private struct ShareSheet: UIViewControllerRepresentable {
    let item: SharedItem
    let done: @MainActor (SharedItem.ID, Bool) -> Void

    func makeUIViewController(context: Context) -> UIActivityViewController {
        let controller = UIActivityViewController(activityItems: item.items, applicationActivities: nil)
        let (id, done) = (item.id, done)
        controller.completionWithItemsHandler = { _, isDone, _, _ in MainActor.assumeIsolated { done(id, isDone) } }
        return controller
    }

    func updateUIViewController(_ controller: UIActivityViewController, context: Context) {}
}

/// The camera, with a way out of it.
private struct ScannerSheet: View {
    let device: PhoneDevice

    var body: some View {
        NavigationStack {
            Scanner(found: { device.scanned($0) })
                .ignoresSafeArea()
                .toolbar {
                    ToolbarItem(placement: .cancellationAction) {
                        Button {
                            device.isScanning = false
                        } label: {
                            Text(verbatim: device.labels?.close ?? "")
                        }
                    }
                }
        }
    }
}

/// Reads the code of an eSIM from paper or another screen. Nothing of it leaves the phone.
private struct Scanner: UIViewControllerRepresentable {
    let found: @MainActor (String) -> Void

    func makeUIViewController(context: Context) -> ScannerController {
        let controller = ScannerController()
        controller.scanner.delegate = context.coordinator
        return controller
    }

    func updateUIViewController(_ controller: ScannerController, context: Context) {}

    static func dismantleUIViewController(_ controller: ScannerController, coordinator: Coordinator) {
        controller.scanner.stopScanning()
    }

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

/// Begins to scan once it is in a window: before, the scanner refuses.
private final class ScannerController: UIViewController {
    let scanner = DataScannerViewController(recognizedDataTypes: [.barcode(symbologies: [.qr])])

    override func viewDidLoad() {
        super.viewDidLoad()
        addChild(scanner)
        scanner.view.frame = view.bounds
        scanner.view.autoresizingMask = [.flexibleWidth, .flexibleHeight]
        view.addSubview(scanner.view)
        scanner.didMove(toParent: self)
    }

    override func viewDidAppear(_ animated: Bool) {
        super.viewDidAppear(animated)
        // Refused where the camera has been taken away meanwhile; then the person types the code.
        if !scanner.isScanning { try? scanner.startScanning() }
    }
}
