package mobile.companion.app

import android.app.Activity
import android.content.Intent
import android.os.Bundle
import mobile.companion.platform.intents.isWantedNow

/**
 * Takes an address from the browser or a mail, and is gone before it is seen: what lies over the app closes with it. Where the recent
 * apps bring back a task that began with an address, the app comes without it.
 */
class LinkActivity : Activity() {
    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        val address = intent.data?.takeIf { isWantedNow(intent.flags, isRestored = state != null) }
        startActivity(activity(this).apply { address?.let { setAction(Intent.ACTION_VIEW).setData(it) } })
        finish()
    }
}
