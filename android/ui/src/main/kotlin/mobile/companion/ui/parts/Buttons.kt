// Buttons by weight: the one main action, the second one, and a word that does something. None is lower than a thumb needs.

package mobile.companion.ui.parts

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.Button
import androidx.compose.material3.ButtonDefaults
import androidx.compose.material3.LocalContentColor
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedButton
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import mobile.companion.SpokenText

/** The least height and width of what can be touched. */
val TARGET = 48.dp

/** Round ends while the words are on one line; over several they would cut off letters. */
private val rounded = RoundedCornerShape(TARGET / 2)

/** The main action of a screen. */
@Composable
fun MainButton(label: SpokenText, onClick: () -> Unit, modifier: Modifier = Modifier, enabled: Boolean = true) {
    Button(onClick, modifier.fillMaxWidth().heightIn(min = TARGET), enabled, rounded) {
        Said(label, align = TextAlign.Center)
    }
}

/** What can be done besides. */
@Composable
fun SecondButton(label: SpokenText, onClick: () -> Unit, modifier: Modifier = Modifier, enabled: Boolean = true) {
    OutlinedButton(onClick, modifier.fillMaxWidth().heightIn(min = TARGET), enabled, rounded) {
        Said(label, align = TextAlign.Center)
    }
}

/** The main action of a screen, or one of the others. */
@Composable
fun AnyButton(label: SpokenText, isMain: Boolean, onClick: () -> Unit) =
    if (isMain) MainButton(label, onClick) else SecondButton(label, onClick)

/** As the other one, of a word that is spoken as it is written. */
@Composable
fun WordButton(label: String, onClick: () -> Unit, modifier: Modifier = Modifier) =
    WordButton(plain(label), onClick, modifier)

/** A word that does something, beside or under what it is about. */
@Composable
fun WordButton(label: SpokenText, onClick: () -> Unit, modifier: Modifier = Modifier, icon: ImageVector? = null) {
    TextButton(
        onClick,
        modifier.heightIn(min = TARGET),
        shape = MaterialTheme.shapes.small,
        contentPadding = PaddingValues(horizontal = 12.dp),
    ) {
        icon?.let { Box(Modifier.padding(end = 8.dp)) { TextIcon(it, LINE, LocalContentColor.current) } }
        Said(label)
    }
}

/** A word that does something, on a ground in a colour of its own. */
@Composable
fun CardButton(label: String, onClick: () -> Unit) {
    TextButton(
        onClick,
        Modifier.heightIn(min = TARGET),
        shape = MaterialTheme.shapes.small,
        colors = ButtonDefaults.textButtonColors(contentColor = LocalContentColor.current),
        contentPadding = PaddingValues(horizontal = 12.dp),
    ) { Drawn(label) }
}
