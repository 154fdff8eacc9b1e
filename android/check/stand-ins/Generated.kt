// What Gradle makes of the profile and of the resources: the names that the code uses.

package mobile.companion.app

object BuildConfig {
    const val REDIRECT_URI = ""
}

object R {
    object raw {
        const val profile = 0
    }

    object drawable {
        const val notification = 0
    }

    object string {
        const val not_opened = 0
        const val try_again = 0
    }

    object layout {
        const val usage_widget = 0
    }

    object id {
        const val widget = 0
        const val title = 0
        const val headline = 0
        const val bar = 0
        const val bar_over = 0
        const val dated = 0
        const val warning = 0
        const val row1 = 0
        const val row1_text = 0
        const val row1_bar = 0
        const val row2 = 0
        const val row2_text = 0
        const val row2_bar = 0
    }
}
