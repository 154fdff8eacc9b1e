// What covers the screens while the app is locked: nothing of the person is behind it.

package mobile.companion.ui.signin

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.outlined.Lock
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import mobile.companion.LockScreen
import mobile.companion.ui.parts.MainButton
import mobile.companion.ui.parts.Pinned
import mobile.companion.ui.parts.Said

/** The lock screen of the app. */
@Composable
fun LockCover(screen: LockScreen, unlock: () -> Unit, problem: @Composable () -> Unit = {}) {
    Column(Modifier.fillMaxSize(), Arrangement.Center, Alignment.CenterHorizontally) {
        Column(
            Modifier.weight(1f, fill = false).widthIn(max = 480.dp).fillMaxWidth()
                .verticalScroll(rememberScrollState()).padding(24.dp),
            horizontalAlignment = Alignment.CenterHorizontally,
            verticalArrangement = Arrangement.spacedBy(16.dp),
        ) {
            Icon(Icons.Outlined.Lock, null, Modifier.size(48.dp), tint = MaterialTheme.colorScheme.primary)
            Said(screen.title, style = MaterialTheme.typography.headlineMedium, align = TextAlign.Center)
            Said(screen.sentence, style = MaterialTheme.typography.bodyLarge, align = TextAlign.Center)
            MainButton(screen.action, unlock)
        }
        Pinned(Modifier.widthIn(max = 480.dp), problem)
    }
}
