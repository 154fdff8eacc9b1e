// Large letters in a narrow place: words wrap, and are never broken.

package mobile.companion.ui.parts

import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.rememberTextMeasurer
import androidx.compose.ui.text.style.TextAlign

/** Smaller than this share of what was asked for, letters would be no help. */
private const val SMALLEST = 0.6f

/** [text] in [style]; where its longest word is wider than the place, in letters that are as much smaller. */
@Composable
fun WholeWords(text: String, style: TextStyle, modifier: Modifier = Modifier, align: TextAlign = TextAlign.Start) {
    val measurer = rememberTextMeasurer()
    val density = LocalDensity.current
    val widest = remember(text, style, density) {
        text.split(' ').maxOf { measurer.measure(it, style, softWrap = false, density = density).size.width }
    }
    BoxWithConstraints(modifier, contentAlignment = Alignment.CenterStart) {
        // A pixel less: what is rounded must fit as well.
        val share = ((constraints.maxWidth - 1).toFloat() / widest.coerceAtLeast(1)).coerceIn(SMALLEST, 1f)
        Drawn(text, style = style.times(share), align = align)
    }
}

private fun TextStyle.times(share: Float) =
    copy(fontSize = fontSize * share, lineHeight = lineHeight * share, letterSpacing = letterSpacing * share)
