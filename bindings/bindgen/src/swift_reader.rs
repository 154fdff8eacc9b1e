//! How generated Swift reads what the core hands over. The generator goes through Foundation's `Data` for every number and
//! text, which is most of what a screen costs in Swift; the bytes lie in memory that is read in place just as well. The bounds
//! are checked as before. Each piece is replaced as a whole: another version of the generator is an error, not a surprise.

/// What stands in the generated source, and what takes its place.
const PIECES: [(&str, &str); 6] = [
    (DATA_OF_BUFFER, ""),
    ("func createReader(data: Data)", "func createReader(data: UnsafeRawBufferPointer)"),
    (
        "createReader(data: Data(rustBuffer: buf))",
        "createReader(data: UnsafeRawBufferPointer(start: buf.data, count: Int(buf.len)))",
    ),
    (READ_INT, READ_INT_IN_PLACE),
    (READ_BYTES, READ_BYTES_IN_PLACE),
    (
        "return String(decoding: try readBytes(&buf, count: Int(len)), as: UTF8.self)",
        "return String(decoding: try readInPlace(&buf, count: Int(len)), as: UTF8.self)",
    ),
];

/// What every reading function takes.
const READER: &str = "(data: Data, offset: Data.Index)";
const READER_IN_PLACE: &str = "(data: UnsafeRawBufferPointer, offset: Int)";

const DATA_OF_BUFFER: &str = "fileprivate extension Data {
    init(rustBuffer: RustBuffer) {
        self.init(
            bytesNoCopy: rustBuffer.data!,
            count: Int(rustBuffer.len),
            deallocator: .none
        )
    }
}
";

const READ_INT: &str = "    let range = reader.offset..<reader.offset + MemoryLayout<T>.size
    guard reader.data.count >= range.upperBound else {
        throw UniffiInternalError.bufferOverflow
    }
    if T.self == UInt8.self {
        let value = reader.data[reader.offset]
        reader.offset += 1
        return value as! T
    }
    var value: T = 0
    let _ = withUnsafeMutableBytes(of: &value, { reader.data.copyBytes(to: $0, from: range)})
    reader.offset = range.upperBound
    return value.bigEndian
";

const READ_INT_IN_PLACE: &str = "    let bytes = try readInPlace(&reader, count: MemoryLayout<T>.size)
    var value: T = 0
    withUnsafeMutableBytes(of: &value) { $0.copyMemory(from: bytes) }
    return value.bigEndian
";

const READ_BYTES: &str = "    let range = reader.offset..<(reader.offset+count)
    guard reader.data.count >= range.upperBound else {
        throw UniffiInternalError.bufferOverflow
    }
    var value = [UInt8](repeating: 0, count: count)
    value.withUnsafeMutableBufferPointer({ buffer in
        reader.data.copyBytes(to: buffer, from: range)
    })
    reader.offset = range.upperBound
    return value
}
";

const READ_BYTES_IN_PLACE: &str = "    return Array(try readInPlace(&reader, count: count))
}

// The next bytes, where they lie: good while the buffer is.
fileprivate func readInPlace(
    _ reader: inout (data: UnsafeRawBufferPointer, offset: Int), count: Int
) throws -> UnsafeRawBufferPointer {
    let end = reader.offset + count
    guard count >= 0, reader.data.count >= end else {
        throw UniffiInternalError.bufferOverflow
    }
    let bytes = UnsafeRawBufferPointer(rebasing: reader.data[reader.offset..<end])
    reader.offset = end
    return bytes
}
";

/// The generated source, reading in place.
pub fn reading_in_place(source: &str) -> Result<String, String> {
    let mut source = source.to_owned();
    for (piece, in_place) in PIECES {
        if source.matches(piece).count() != 1 {
            return Err(format!("not once in the generated Swift: {piece}"));
        }
        source = source.replacen(piece, in_place, 1);
    }
    Ok(source.replace(READER, READER_IN_PLACE))
}

#[cfg(test)]
mod tests {
    use super::{PIECES, READER, reading_in_place};

    #[test]
    fn what_the_generator_no_longer_writes_so_is_an_error() {
        let whole: String = PIECES.iter().map(|(piece, _)| format!("{piece}\n")).collect();
        assert!(!reading_in_place(&whole).unwrap().contains(READER));
        for (piece, _) in PIECES {
            assert!(reading_in_place(&whole.replace(piece, "")).unwrap_err().ends_with(piece));
        }
        assert!(reading_in_place(&whole.repeat(2)).is_err());
    }
}
