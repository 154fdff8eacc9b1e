// One shape for every bar: track, used part, tick of elapsed time, hatched part beyond.

package mobile.companion.ui.parts

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.geometry.CornerRadius
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.RoundRect
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.Path
import androidx.compose.ui.graphics.drawscope.DrawScope
import androidx.compose.ui.graphics.drawscope.clipPath
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import mobile.companion.BarView
import mobile.companion.BucketLevel
import mobile.companion.ui.theme.LocalMoreColours

private val OVERHANG = 4.dp
private val TICK = 2.dp
private val STRIPE = 8.dp
private val BEYOND = 28.dp

/** The bar of an allowance. [level] colours it; words beside it say the same. */
@Composable
fun Bar(bar: BarView, level: BucketLevel, modifier: Modifier = Modifier, thickness: Dp = 12.dp) {
    val used = level.colour()
    val track = LocalMoreColours.current.track
    val tick = MaterialTheme.colorScheme.onSurface
    val gap = MaterialTheme.colorScheme.surface
    Canvas(
        modifier
            .fillMaxWidth()
            .height(thickness + OVERHANG * 2)
            .semantics { contentDescription = bar.spoken },
    ) {
        val top = OVERHANG.toPx()
        val high = thickness.toPx()
        val whole = RoundRect(0f, top, size.width, top + high, CornerRadius(high / 2))
        clipPath(Path().apply { addRoundRect(whole) }) {
            drawRect(track)
            drawRect(used, size = Size(size.width * bar.usedPermille.toInt() / PERMILLE, size.height))
            if (bar.over) hatch(gap.copy(alpha = 0.55f))
        }
        bar.elapsedPermille?.let { tick(size.width * it.toInt() / PERMILLE, tick, gap) }
    }
}

/** Slanted stripes at the end of the track. */
private fun DrawScope.hatch(colour: Color) {
    val step = STRIPE.toPx()
    var x = size.width - BEYOND.toPx()
    while (x < size.width + size.height) {
        drawLine(colour, Offset(x, size.height), Offset(x + size.height, 0f), strokeWidth = step / 2)
        x += step
    }
}

/** An upright line over the whole height, set off from what is behind it. */
private fun DrawScope.tick(at: Float, colour: Color, gap: Color) {
    val wide = TICK.toPx()
    val x = at.coerceIn(wide, size.width - wide)
    drawLine(gap, Offset(x, 0f), Offset(x, size.height), strokeWidth = wide * 3)
    drawLine(colour, Offset(x, 0f), Offset(x, size.height), strokeWidth = wide)
}

/** A plain share of a whole, whose words stand beside it. */
@Composable
fun ShareBar(share: Float) {
    Box(Modifier.fillMaxWidth().height(8.dp).clip(CircleShape).background(LocalMoreColours.current.track)) {
        Box(Modifier.fillMaxWidth(share.coerceIn(0f, 1f)).fillMaxHeight().background(MaterialTheme.colorScheme.primary))
    }
}

/** What an allowance near its end is drawn in. */
@Composable
fun BucketLevel.colour(): Color = when (this) {
    BucketLevel.CALM -> MaterialTheme.colorScheme.primary
    BucketLevel.WARNING -> LocalMoreColours.current.warning.ground
    BucketLevel.EXHAUSTED -> MaterialTheme.colorScheme.error
}

internal const val PERMILLE = 1_000f
