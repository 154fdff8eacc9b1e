// Words that no line may end within: "Wi-Fi" is read as one.

package mobile.companion.ui.parts

import androidx.compose.material3.LocalTextStyle
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.semantics.text
import androidx.compose.ui.text.AnnotatedString
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.style.TextAlign

/** A hyphen after one or two letters: what is left of it is no word of its own ("Wi-Fi", "e-mail"). */
private val shortBeginning = Regex("""(?<![\p{L}\p{N}-])([\p{L}\p{N}]{1,2})-(?=\p{L})""")

/** A hyphen that no line ends with. */
private const val UNBROKEN = "-\u2060"

/** [text] as it is drawn: with hyphens at which no line ends where that would leave one or two letters behind. */
fun unbroken(text: String): String = shortBeginning.replace(text) { it.groupValues[1] + UNBROKEN }

/** Every text of the core is drawn here, but for one that a person selects. What is read and found is [text] as it is. */
@Composable
fun Drawn(
    text: String,
    modifier: Modifier = Modifier,
    style: TextStyle = LocalTextStyle.current,
    color: Color = Color.Unspecified,
    align: TextAlign? = null,
) {
    Text(unbroken(text), modifier.semantics { this.text = AnnotatedString(text) }, color, style = style, textAlign = align)
}
