// Fields to type in, and what is there to be copied.

package mobile.companion.ui.parts

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.outlined.ContentCopy
import androidx.compose.material3.Icon
import androidx.compose.material3.IconButton
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.unit.dp
import mobile.companion.SpokenText
import mobile.companion.ui.theme.LocalLabels

/** A field with its button below; the button takes what was typed, and the field is empty again. */
@Composable
fun FieldWithButton(label: String, button: SpokenText, type: KeyboardType = KeyboardType.Text, onDone: (String) -> Unit) {
    var text by remember { mutableStateOf("") }
    Column(verticalArrangement = Arrangement.spacedBy(8.dp)) {
        OutlinedTextField(
            text,
            { text = it },
            Modifier.fillMaxWidth(),
            label = { Text(label) },
            singleLine = true,
            keyboardOptions = KeyboardOptions(keyboardType = type),
        )
        SecondButton(
            button,
            {
                onDone(text.trim())
                text = ""
            },
            enabled = text.isNotBlank(),
        )
    }
}

/** Something to copy, with its button. */
@Composable
fun CopyRow(title: SpokenText, shown: SpokenText, onCopy: () -> Unit) {
    val copy = LocalLabels.current.copy
    Row(Modifier.fillMaxWidth(), verticalAlignment = Alignment.CenterVertically) {
        Column(Modifier.weight(1f).padding(vertical = 4.dp)) {
            Aside(title)
            WholeWords(shown.text, MaterialTheme.typography.titleMedium, Modifier.sayingAsOne(shown.spoken))
        }
        IconButton(onCopy) { Icon(Icons.Outlined.ContentCopy, "$copy: ${title.spoken}") }
    }
}

/** Words that do something, side by side as far as they fit. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
fun Words(modifier: Modifier = Modifier, content: @Composable () -> Unit) {
    FlowRow(modifier, horizontalArrangement = Arrangement.spacedBy(8.dp)) { content() }
}
