// The states without content: a skeleton while nothing was ever loaded, and an empty screen on purpose.

package mobile.companion.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.outlined.Inbox
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import mobile.companion.SpokenText
import mobile.companion.ui.theme.LocalLabels
import mobile.companion.ui.theme.LocalMoreColours

/** The places where content will be; it does not move. */
@Composable
fun Skeleton() = Loading(16.dp) {
    Block(0.3f, 16)
    Block(0.7f, 40)
    Block(1f, 12)
    Block(0.5f, 16)
    repeat(3) { Block(1f, 64) }
}

/** The places where switches will be. */
@Composable
fun SwitchesSkeleton() = Loading(24.dp) {
    repeat(2) {
        Block(0.4f, 16)
        repeat(2) {
            Row(Modifier.fillMaxWidth(), Arrangement.SpaceBetween, Alignment.CenterVertically) {
                Block(0.5f, 16)
                Box(Modifier.size(52.dp, 32.dp).background(LocalMoreColours.current.track, CircleShape))
            }
        }
    }
}

/** Shapes in place of content, said in one word. */
@Composable
private fun Loading(between: Dp, shapes: @Composable () -> Unit) {
    val loading = LocalLabels.current.loading
    Column(
        Modifier.fillMaxWidth().clearAndSetSemantics { contentDescription = loading },
        verticalArrangement = Arrangement.spacedBy(between),
    ) { shapes() }
}

@Composable
private fun Block(share: Float, high: Int) {
    Box(Modifier.fillMaxWidth(share).height(high.dp).background(LocalMoreColours.current.track, MaterialTheme.shapes.small))
}

/** Nothing is here, and that is all right. */
@Composable
fun Empty(title: SpokenText, detail: SpokenText? = null, icon: ImageVector = Icons.Outlined.Inbox) {
    Column(
        Modifier.fillMaxWidth().padding(vertical = 32.dp),
        horizontalAlignment = Alignment.CenterHorizontally,
        verticalArrangement = Arrangement.spacedBy(12.dp),
    ) {
        Icon(icon, null, Modifier.size(40.dp), tint = MaterialTheme.colorScheme.onSurfaceVariant)
        Said(title, style = MaterialTheme.typography.titleMedium, align = TextAlign.Center)
        detail?.let {
            Said(
                it,
                style = MaterialTheme.typography.bodyLarge,
                color = MaterialTheme.colorScheme.onSurfaceVariant,
                align = TextAlign.Center,
            )
        }
    }
}
