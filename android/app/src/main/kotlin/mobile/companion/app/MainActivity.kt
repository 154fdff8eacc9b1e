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
import androidx.compose.runtime.SideEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import mobile.companion.Place
import mobile.companion.platform.intents.isWantedNow
import mobile.companion.platform.life.isSecretNow
import mobile.companion.platform.life.setSecret
import mobile.companion.platform.life.setShownInRecents
import mobile.companion.ui.App
import mobile.companion.ui.model.AppModel
import mobile.companion.ui.navigation.Secrecy
import mobile.companion.ui.navigation.secrecyOf

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
        // Before anything is drawn; until it is known what there will be, as secret as it may be.
        keep((app.shown.value as? Showing.Screens)?.model?.secrecy() ?: UNKNOWN)
        handle(intent, isRestored = state != null)
        setContent { Content() }
    }

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        setIntent(intent)
        handle(intent, isRestored = false)
    }

    override fun onStart() {
        super.onStart()
        app.device.activity = this
    }

    override fun onResume() {
        super.onResume()
        isLeaving = false
        keep(secrecy)
    }

    override fun onPause() {
        isLeaving = true
        keep(secrecy)
        super.onPause()
    }

    override fun onDestroy() {
        if (app.device.activity === this) app.device.activity = null
        super.onDestroy()
    }

    private var secrecy = UNKNOWN
    private var isLeaving = false

    private fun keep(secrecy: Secrecy) {
        this.secrecy = secrecy
        window.setSecret(isSecretNow(secrecy.isSecret, secrecy.isInRecents, isLeaving))
        setShownInRecents(secrecy.isInRecents)
    }

    private fun AppModel.secrecy() =
        secrecyOf(stack.value.top, lock.value.on, lock.value.locked, isCovered = letter.value != null)

    internal fun askNotificationPermission() {
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.TIRAMISU) return
        app.notifications.asked()
        asking.launch(POST_NOTIFICATIONS)
    }

    private fun handle(intent: Intent, isRestored: Boolean) {
        if (!isWantedNow(intent.flags, isRestored)) return
        val address = intent.dataString
        when {
            intent.action == SHOW_USAGE -> app.whenShown { it.open(Place.USAGE) }
            intent.action == Intent.ACTION_VIEW && address != null -> app.whenShown { it.cameBack(address) }
        }
    }

    @Composable
    private fun Content() {
        val shown by app.shown.collectAsState()
        when (val now = shown) {
            // The window's own ground shows: styles.xml.
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
        val secrecy = secrecyOf(stack.top, lock.on, lock.locked, isCovered = letter != null)
        // Not launched: the frame that shows it is drawn right after.
        SideEffect { keep(secrecy) }
        App(model, dark = isSystemInDarkTheme())
        val goesBack by model.goingBack.isOffered.collectAsState()
        BackHandler(enabled = goesBack) { model.goingBack.go() }
    }

    private companion object {
        val UNKNOWN = Secrecy(isSecret = true, isInRecents = false)
    }
}
