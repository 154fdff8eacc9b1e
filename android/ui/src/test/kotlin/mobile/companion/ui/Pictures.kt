// Pictures of screens against those that were looked at and committed.

package mobile.companion.ui

import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.graphics.toAwtImage
import java.awt.image.BufferedImage
import java.io.ByteArrayInputStream
import java.io.ByteArrayOutputStream
import java.nio.file.Path
import javax.imageio.IIOImage
import javax.imageio.ImageIO
import javax.imageio.ImageWriteParam
import javax.imageio.stream.MemoryCacheImageOutputStream
import kotlin.io.path.Path
import kotlin.io.path.createDirectories
import kotlin.io.path.exists
import kotlin.io.path.readBytes
import kotlin.io.path.writeBytes
import kotlin.math.abs
import kotlin.test.fail

/** The committed pictures, and where those that differ are written for looking at. */
private val golden: Path = Path("src/test/pictures")
private val differing: Path = Path("target/pictures")

private val accepts = System.getProperty("accept").toBoolean()

/** Machines round differently: so much may one channel of a pixel differ, and so many pixels may differ by more. */
private const val CHANNEL = 24
private const val SHARE = 0.0002

/** Fails unless [drawn] is the committed picture [name]; with `-Daccept=true` it becomes that picture. */
fun assertPicture(name: String, drawn: ImageBitmap) {
    val png = drawn.png()
    val file = golden.resolve("$name.png")
    val difference = if (file.exists()) difference(image(file.readBytes()), image(png)) else "there is no such picture"
    if (difference == null) return
    if (accepts) {
        file.parent.createDirectories()
        file.writeBytes(png)
        return
    }
    val written = differing.resolve("$name.png")
    written.parent.createDirectories()
    written.writeBytes(png)
    fail("$name: $difference; look at ${written.toAbsolutePath()}, then renew with `tests/run kotlin --accept`")
}

/** What is different between two pictures; nothing where they are alike enough. */
internal fun difference(one: BufferedImage, other: BufferedImage): String? {
    if (one.width != other.width || one.height != other.height) {
        return "${one.width}×${one.height} became ${other.width}×${other.height}"
    }
    var differing = 0
    for (y in 0 until one.height) {
        for (x in 0 until one.width) {
            if (distance(one.getRGB(x, y), other.getRGB(x, y)) > CHANNEL) differing++
        }
    }
    return "$differing pixels differ".takeIf { differing > SHARE * one.width * one.height }
}

/** The largest difference of a channel. */
private fun distance(one: Int, other: Int): Int =
    (0..24 step 8).maxOf { abs((one ushr it and 0xFF) - (other ushr it and 0xFF)) }

private fun image(png: ByteArray): BufferedImage = ImageIO.read(ByteArrayInputStream(png))

/** Small enough to be kept by the hundred: no alpha, and the lowest bits of each channel, which nobody sees, dropped. */
private fun ImageBitmap.png(): ByteArray {
    val drawn = toAwtImage()
    val kept = BufferedImage(width, height, BufferedImage.TYPE_INT_RGB)
    for (y in 0 until height) for (x in 0 until width) kept.setRGB(x, y, coarse(drawn.getRGB(x, y)))
    val bytes = ByteArrayOutputStream()
    val writer = ImageIO.getImageWritersByFormatName("png").next()
    val smallest = writer.defaultWriteParam.apply {
        compressionMode = ImageWriteParam.MODE_EXPLICIT
        compressionQuality = 0f
    }
    MemoryCacheImageOutputStream(bytes).use {
        writer.output = it
        writer.write(null, IIOImage(kept, null, null), smallest)
    }
    writer.dispose()
    return bytes.toByteArray()
}

/** Five bits a channel; white stays white. */
private fun coarse(rgb: Int): Int = rgb and 0xF8F8F8 or (rgb ushr 5 and 0x070707)
