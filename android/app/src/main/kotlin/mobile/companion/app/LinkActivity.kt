package mobile.companion.app

import android.app.Activity
import android.content.Intent
import android.os.Bundle

/** Takes an address from the browser or a mail, and is gone before it is seen: what lies over the app closes with it. */
class LinkActivity : Activity() {
    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        intent.data?.let { startActivity(activity(this).setAction(Intent.ACTION_VIEW).setData(it)) }
        finish()
    }
}
