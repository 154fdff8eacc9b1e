// Notification switches behind the Kotlin face: turned without a network, confirmed after reconnect.

package mobile.companion

import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertNotNull
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.seconds

class PreferencesTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `a switch turned without a network is confirmed after reconnect, also by a later run`() = runBlocking {
        val sandbox = Sandbox(json("seed" to 1, "now" to NOON))
        Phone(folder, sandbox.profile).use { phone ->
            phone.signIn(sandbox.person("emma"), sandbox)
            withTimeout(30.seconds) {
                phone.core.preferences().refresh()
                val before = phone.core.preferences().state().usageSms()
                assertTrue(before.on)

                sandbox.faults(cutOff(true))
                phone.core.preferences().set(before.preferenceId, false)
                val wished = phone.core.preferences().state().usageSms()
                assertFalse(wished.on)
                assertNotNull(wished.pendingSinceMs)
                phone.core.preferencesViews().first { it.usageSms().phase == SwitchPhase.WAITING }

                phone.reopen()
                assertFalse(phone.core.preferences().state().usageSms().on)

                sandbox.faults(cutOff(false))
                phone.core.preferences().refresh()
                val confirmed = phone.core.preferencesViews().first { it.waiting == 0u }.usageSms()
                assertEquals(SwitchPhase.CONFIRMED, confirmed.phase)
                assertFalse(confirmed.on)
            }
        }
    }

    @Test
    fun `what the employer decides cannot be turned and says so`() = runBlocking {
        val sandbox = Sandbox(json("seed" to 1, "now" to NOON))
        Phone(folder, sandbox.profile).use { phone ->
            phone.signIn(sandbox.person("emma"), sandbox)
            phone.core.preferences().refresh()
            val bill = phone.core.preferences().state().switch(PreferenceTopic.BILL_READY, PreferenceChannel.EMAIL)

            assertFalse(bill.canChange)
            assertEquals("Set by your employer", bill.status?.text)
            assertFailsWith<Problem.NotPermitted> { phone.core.preferences().set(bill.preferenceId, false) }
            Unit
        }
    }

    private fun cutOff(gone: Boolean) =
        kotlinx.serialization.json.JsonObject(mapOf("cutOff" to kotlinx.serialization.json.JsonPrimitive(gone)))

    private fun PreferencesView.usageSms() = switch(PreferenceTopic.USAGE_THRESHOLD, PreferenceChannel.SMS)

    private fun PreferencesView.switch(topic: PreferenceTopic, channel: PreferenceChannel): PreferenceSwitchView =
        lines.flatMap { it.topics }.first { it.topic == topic }.switches.first { it.channel == channel }
}
