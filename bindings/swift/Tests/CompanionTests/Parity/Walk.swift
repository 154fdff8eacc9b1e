// A view as lines of path and value, found by reflection: a field that is new is compared without anybody naming it here.

import Companion
import Foundation
@_spi(Reflection) import Swift

struct Walk {
    /// Every value by its path.
    private(set) var values: [String: String] = [:]
    /// The types of the records on the way.
    private(set) var records: Set<String> = []

    mutating func add(_ value: Any, as path: String) {
        switch value {
        case let text as String: values[path] = "\"\(text)\""
        case let yes as Bool: values[path] = String(yes)
        case let number as any BinaryInteger: values[path] = String(describing: number)
        case let bytes as Data: values[path] = bytes.map { String($0) }.joined(separator: " ")
        case let list as [Any]:
            values["\(path).count"] = String(list.count)
            for (index, item) in list.enumerated() { add(item, as: "\(path)[\(index)]") }
        default: addParts(of: value, as: path)
        }
    }

    private mutating func addParts(of value: Any, as path: String) {
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional:
            if let some = mirror.children.first { add(some.value, as: path) } else { values[path] = "null" }
        case .enum:
            guard let variant = mirror.children.first, let name = variant.label else {
                values[path] = Self.plain("\(value)")
                return
            }
            values[path] = Self.plain(name)
            for field in Mirror(reflecting: variant.value).children {
                add(field.value, as: "\(path).\(field.label ?? "")")
            }
        default:
            records.insert(String(describing: type(of: value)))
            for field in fields(of: value) { add(field.value, as: "\(path).\(field.name)") }
        }
    }

    /// Swift writes `inAppOnly`, Kotlin `IN_APP_ONLY` or `InAppOnly`.
    static func plain(_ variant: String) -> String { variant.filter { $0 != "_" }.lowercased() }
}

/// What a record stores, also where it hides that from its mirror so as not to be printed.
private func fields(of record: Any) -> [(name: String, value: Any)] {
    func stored<Record>(in record: Record) -> [(name: String, value: Any)] {
        var fields: [(name: String, value: Any)] = []
        withUnsafeBytes(of: record) { bytes in
            _ = _forEachField(of: Record.self) { name, offset, type, _ in
                func value<Field>(of type: Field.Type) -> Any {
                    bytes.baseAddress!.advanced(by: offset).assumingMemoryBound(to: Field.self).pointee
                }
                fields.append((String(cString: name), _openExistential(type, do: value)))
                return true
            }
        }
        return fields
    }
    return _openExistential(record, do: stored)
}
