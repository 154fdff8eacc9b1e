package mobile.companion.platform

import android.content.Context
import android.os.SystemClock
import android.provider.Settings
import mobile.companion.Clock
import mobile.companion.ClockReading

/** The phone's clocks. Time since it started includes the time it slept. */
class PhoneClock(context: Context) : Clock {
    /** Counted by the phone at each start; it does not change while this process lives. */
    private val bootId: String by lazy {
        Settings.Global.getInt(context.contentResolver, Settings.Global.BOOT_COUNT, 0).toString()
    }

    override fun now(): ClockReading = ClockReading(
        wallMs = System.currentTimeMillis(),
        elapsedMs = SystemClock.elapsedRealtime(),
        bootId = bootId,
    )
}
