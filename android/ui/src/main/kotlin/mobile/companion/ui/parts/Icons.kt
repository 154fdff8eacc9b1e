// Icons beside text: as large as a line of it, whatever size a person reads.

package mobile.companion.ui.parts

import androidx.compose.foundation.layout.size
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.unit.TextUnit
import androidx.compose.ui.unit.sp

/** As high as a line of a sentence. */
val LINE = 20.sp

/** As high as a line of a title. */
val TITLE = 24.sp

/** An icon beside words that say the same; [high] grows with the text. */
@Composable
fun TextIcon(icon: ImageVector, high: TextUnit = TITLE, tint: Color = MaterialTheme.colorScheme.onSurfaceVariant) {
    Icon(icon, null, Modifier.size(with(LocalDensity.current) { high.toDp() }), tint = tint)
}
