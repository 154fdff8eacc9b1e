// App lock, sign-out, version.

package mobile.companion.ui.settings

import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.automirrored.outlined.Logout
import androidx.compose.material.icons.outlined.Lock
import androidx.compose.material3.AlertDialog
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import mobile.companion.AppLockView
import mobile.companion.FrameView
import mobile.companion.SpokenText
import mobile.companion.ui.parts.Aside
import mobile.companion.ui.parts.Drawn
import mobile.companion.ui.parts.Heading
import mobile.companion.ui.parts.LinkRow
import mobile.companion.ui.parts.Screen
import mobile.companion.ui.parts.Section
import mobile.companion.ui.parts.SwitchRow
import mobile.companion.ui.parts.WordButton
import mobile.companion.ui.parts.plain
import mobile.companion.ui.theme.LocalLabels

/** The settings of this app on this phone. */
@Composable
fun SettingsScreen(
    title: SpokenText,
    frame: FrameView,
    lock: AppLockView,
    actions: SettingsActions,
    back: (() -> Unit)?,
    problem: @Composable () -> Unit = {},
) {
    val labels = LocalLabels.current
    var asks by rememberSaveable { mutableStateOf(false) }
    Screen(title, back, problem = problem) {
        Section {
            if (lock.available) {
                SwitchRow(plain(labels.appLock), lock.on, true, actions::lock, icon = Icons.Outlined.Lock) {
                    Aside(labels.appLockSentence)
                }
            }
            LinkRow(labels.signOut, { asks = true }, icon = Icons.AutoMirrored.Outlined.Logout)
        }
        Aside("${frame.operatorName} · ${labels.version} ${frame.version}")
    }
    if (asks) SignOutQuestion({ asks = false }, actions::signOut)
}

@Composable
private fun SignOutQuestion(close: () -> Unit, signOut: () -> Unit) {
    val labels = LocalLabels.current
    AlertDialog(
        onDismissRequest = close,
        title = { Heading(labels.signOut, style = MaterialTheme.typography.titleLarge) },
        text = { Drawn(labels.signOutSentence) },
        confirmButton = {
            WordButton(labels.signOut, {
                close()
                signOut()
            })
        },
        dismissButton = { WordButton(labels.cancel, close) },
    )
}
