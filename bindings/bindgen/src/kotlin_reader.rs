//! How generated Kotlin reads what the core hands over. The generator reads each number and text through a view of native memory
//! that is made for the purpose; copied to Java's own memory at once, the same is read in about half the time.

const PIECES: [(&str, &str); 2] = [
    (
        "        val byteBuf = rbuf.asByteBuffer()!!\n",
        "        val byteBuf = ByteBuffer.wrap(rbuf.data!!.getByteArray(0, rbuf.len.toInt()))\n",
    ),
    (
        "        val len = buf.getInt()
        val byteArr = ByteArray(len)
        buf.get(byteArr)
        return byteArr.toString(Charsets.UTF_8)
",
        "        val len = buf.getInt()
        val from = buf.position()
        buf.position(from + len)
        return String(buf.array(), buf.arrayOffset() + from, len, Charsets.UTF_8)
",
    ),
];

/// The generated source, reading from Java's memory.
pub fn reading_from_a_copy(source: &str) -> Result<String, String> {
    let mut source = source.to_owned();
    for (piece, copied) in PIECES {
        if source.matches(piece).count() != 1 {
            return Err(format!("not once in the generated Kotlin: {piece}"));
        }
        source = source.replacen(piece, copied, 1);
    }
    Ok(source)
}

#[cfg(test)]
mod tests {
    use super::{PIECES, reading_from_a_copy};

    #[test]
    fn what_the_generator_no_longer_writes_so_is_an_error() {
        let whole: String = PIECES.iter().map(|(piece, _)| *piece).collect();
        assert!(reading_from_a_copy(&whole).is_ok());
        for (piece, _) in PIECES {
            assert!(reading_from_a_copy(&whole.replace(piece, "")).unwrap_err().ends_with(piece));
        }
        assert!(reading_from_a_copy(&whole.repeat(2)).is_err());
    }
}
