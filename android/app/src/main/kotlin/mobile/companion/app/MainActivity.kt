package mobile.companion.app

import android.Manifest.permission.POST_NOTIFICATIONS
import android.content.Intent
import android.os.Build
import android.os.Bundle
import androidx.activity.ComponentActivity
import androidx.activity.compose.BackHandler
import androidx.activity.compose.setContent
import androidx.activity.enableEdgeToEdge
import androidx.activity.result.contract.ActivityResultContracts
import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import mobile.companion.Place
import mobile.companion.platform.life.setSecret
import mobile.companion.platform.life.setShownInRecents
import mobile.companion.ui.App
import mobile.companion.ui.model.AppModel
import mobile.companion.ui.navigation.isPrivate
import mobile.companion.ui.navigation.isSecret

/** The only activity. Everything on it is drawn by `android/ui`. */
class MainActivity : ComponentActivity() {
    private val app get() = application as CompanionApplication

    internal val browser = Browser(this) { url -> app.whenShown { it.cameBack(url) } }

    private val asking = registerForActivityResult(ActivityResultContracts.RequestPermission()) {
        app.tellNotificationSettings()
    }

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        enableEdgeToEdge()
        app.device.activity = this
        app.show()
        // After a turn of the phone, or the process's end, the intent is the one that was handled already.
        if (state == null) handle(intent)
        setContent { Content() }
    }

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        setIntent(intent)
        handle(intent)
    }

    override fun onStart() {
        super.onStart()
        app.device.activity = this
    }

    override fun onDestroy() {
        if (app.device.activity === this) app.device.activity = null
        super.onDestroy()
    }

    internal fun askNotificationPermission() {
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.TIRAMISU) return
        app.notifications.asked()
        asking.launch(POST_NOTIFICATIONS)
    }

    private fun handle(intent: Intent) {
        val address = intent.dataString
        when {
            intent.action == SHOW_USAGE -> app.whenShown { it.open(Place.USAGE) }
            intent.action == Intent.ACTION_VIEW && address != null -> app.whenShown { it.openLink(address) }
        }
    }

    @Composable
    private fun Content() {
        val shown by app.shown.collectAsState()
        when (val now = shown) {
            Showing.Opening -> Unit
            Showing.NotOpened -> NotOpened(app::tryAgain)
            is Showing.Screens -> Screens(now.model)
        }
    }

    @Composable
    private fun Screens(model: AppModel) {
        val stack by model.stack.collectAsState()
        val letter by model.letter.collectAsState()
        val lock by model.lock.collectAsState()
        LaunchedEffect(stack.top, lock, letter) {
            window.setSecret(stack.top.isSecret || lock.on && lock.locked)
            // A letter may hold the person's number.
            setShownInRecents(!lock.on && !stack.top.isPrivate && letter == null)
        }
        App(model, dark = isSystemInDarkTheme())
        BackHandler(enabled = stack.canGoBack) { model.back() }
        BackHandler(enabled = letter != null) { model.closeLetter() }
    }
}
