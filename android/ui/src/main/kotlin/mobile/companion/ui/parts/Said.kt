// Text with the words a screen reader says in its place.

package mobile.companion.ui.parts

import androidx.compose.material3.LocalTextStyle
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.style.TextAlign
import mobile.companion.SpokenText

/** [text] as drawn, and as spoken where that differs. */
@Composable
fun Said(
    text: SpokenText,
    modifier: Modifier = Modifier,
    style: TextStyle = LocalTextStyle.current,
    color: Color = Color.Unspecified,
    align: TextAlign? = null,
) {
    Drawn(text.text, modifier.saying(text), style, color, align)
}

/** A text that stands over others: screen readers jump from one to the next. */
@Composable
fun Heading(text: SpokenText, modifier: Modifier = Modifier, style: TextStyle) {
    WholeWords(text.text, style, modifier.sayingAsOne(text.spoken).semantics { heading() })
}

/** As the other one, of words that are spoken as they are written. */
@Composable
fun Heading(text: String, modifier: Modifier = Modifier, style: TextStyle) = Heading(plain(text), modifier, style)

/**
 * Is spoken as [text] says. Also where that is what is drawn: of a row that is read as one, a screen reader reads either
 * what its parts say or what they draw.
 */
fun Modifier.saying(text: SpokenText): Modifier = semantics { contentDescription = text.spoken }

/** Is read as one, as [spoken]. */
fun Modifier.sayingAsOne(spoken: String): Modifier = semantics(mergeDescendants = true) { contentDescription = spoken }
