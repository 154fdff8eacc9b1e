// What did not work is said where the person is, and no longer than it is so.

package mobile.companion.ui

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onFirst
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.runBlocking
import mobile.companion.InternalException
import mobile.companion.NotificationPermission
import mobile.companion.NotificationSettings
import mobile.companion.Place
import mobile.companion.PreferenceChannel
import mobile.companion.Problem
import mobile.companion.ReachFix
import mobile.companion.RequestKind
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.assertNull
import kotlin.test.assertTrue

@OptIn(ExperimentalTestApi::class)
class ProblemsTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `a problem is over once the person does something else`() = signedIn(folder, "emma") { handset ->
        runOnUiThread { handset.model.act { throw Problem.Offline() } }
        await { handset.model.problem.value != null }
        runOnUiThread { handset.model.act { } }
        await { handset.model.problem.value == null }
    }

    @Test
    fun `a problem is said on the screen it belongs to, also where the person is elsewhere by then`() =
        signedIn(folder, "emma") { handset ->
            val model = handset.model
            val slow = CompletableDeferred<Unit>()
            runOnUiThread {
                model.open(Place.WIFI_CALLING)
                model.act {
                    slow.await()
                    throw Problem.Offline()
                }
                model.open(Place.USAGE)
            }
            slow.complete(Unit)
            waitForIdle()
            assertNull(model.problem.value)
            runOnUiThread { model.act { } }
            runOnUiThread { model.open(Place.WIFI_CALLING) }
            await { model.problem.value?.explanation?.code == "offline" }
            runOnUiThread { model.open(Place.USAGE) }
            runOnUiThread { model.open(Place.WIFI_CALLING) }
            waitForIdle()
            assertNull(model.problem.value, "whoever saw it and went away is done with it")
        }

    @Test
    fun `a fault of ours is said, and the app goes on`() = signedIn(folder, "emma") { handset ->
        runOnUiThread { handset.model.act { throw InternalException("panicked") } }
        await { handset.model.problem.value?.explanation?.code == "fault" }
        runOnUiThread { handset.model.ask { throw InternalException("panicked") } }
        runOnUiThread { handset.model.act { } }
        await { handset.model.problem.value == null }
    }

    @Test
    fun `what had no network is asked for as soon as there is one`() = signedIn(folder, "emma") { handset ->
        await { handset.model.usage.value.run { lines.isNotEmpty() && !refreshing } }
        handset.cutOff()
        runOnUiThread { handset.model.rooms.usage.refresh() }
        await { handset.model.usage.value.run { notice != null && !refreshing } }
        handset.faults()
        handset.core.networkChanged()
        runOnUiThread { handset.model.networkReturned() }
        await { handset.model.usage.value.notice == null }
    }

    @Test
    fun `a sample that the phone would drop says why`() = signedIn(folder, "emma") { handset ->
        handset.device.permission = NotificationPermission.NOT_ASKED
        runOnUiThread { handset.model.rooms.notifications.tryOne() }
        await { "permission" in handset.device.asked }
        assertNull(handset.model.problem.value)
        handset.device.permission = NotificationPermission.DENIED
        runOnUiThread { handset.model.rooms.notifications.tryOne() }
        await { handset.model.problem.value?.explanation?.code == "notifications_off" }
        assertTrue(handset.device.asked.none { it.startsWith("post ") })
        runOnUiThread { handset.model.remedy() }
        await { "settings" in handset.device.asked }
    }

    @Test
    fun `where the operator tells no plan, its screen says so`() = signedIn(folder, "tom") { handset ->
        runOnUiThread { handset.model.open(Place.PLAN) }
        await { handset.model.usage.value.run { lines.isNotEmpty() && !refreshing } }
        awaitText(checkNotNull(handset.model.usage.value.lines.firstNotNullOf { it.planUnknown }).text)
    }

    @Test
    fun `where no other app opens, it is said`() = signedIn(folder, "emma") { handset ->
        handset.device.opens = false
        runOnUiThread { handset.model.write(RequestKind.PLAN_DOES_NOT_FIT) }
        click(handset.labels.byEmail)
        await { handset.model.problem.value != null }
        val said = checkNotNull(handset.model.problem.value).explanation.sentence
        onAllNodes(hasText(said)).onFirst().assertIsDisplayed()

        handset.device.opens = true
        click(handset.labels.byEmail)
        await { handset.model.problem.value == null }
    }

    @Test
    fun `that the operator wants to know who asks looks like no failure`() = signedIn(folder, "emma") { handset ->
        runOnUiThread { handset.model.open(Place.SIM) }
        await { handset.model.activation.value.sims.isNotEmpty() }
        handset.pass(600)
        click(handset.labels.showPuk)
        await { handset.model.problem.value != null }
        awaitText(checkNotNull(handset.model.problem.value).explanation.sentence)
        assertTrue(onAllNodes(hasText(handset.labels.supportCode, substring = true)).fetchSemanticsNodes().isEmpty())
    }

    @Test
    fun `an app without a messaging service offers no button about its address`() = signedIn(folder, "emma") { handset ->
        runOnUiThread { handset.model.open(Place.NOTIFICATIONS) }
        await { handset.model.preferences.value.lines.isNotEmpty() && !handset.model.preferences.value.refreshing }
        val push = {
            handset.model.preferences.value.lines.flatMap { it.topics }.flatMap { it.switches }
                .first { it.channel == PreferenceChannel.PUSH && it.canChange }
        }
        runBlocking { handset.core.preferences().set(push().preferenceId, true) }
        handset.core.preferences().setNotificationSettings(NotificationSettings(NotificationPermission.GRANTED))
        await { push().reach?.fix == ReachFix.REGISTER_PUSH }
        val label = checkNotNull(push().reach?.fixLabel).text
        waitForIdle()
        assertTrue(onAllNodes(hasText(label)).fetchSemanticsNodes().isEmpty(), label)
    }

    @Test
    fun `switches that could not be had do not look as if they were coming`() = signedIn(folder, "emma") { handset ->
        awaitText("3.8 GB left")
        handset.cutOff()
        runOnUiThread { handset.model.open(Place.NOTIFICATIONS) }
        await { handset.model.preferences.value.run { notice != null && !refreshing } }
        val notice = checkNotNull(handset.model.preferences.value.notice)
        awaitText(notice.text)
        await { onAllNodes(hasContentDescription(handset.labels.loading)).fetchSemanticsNodes().isEmpty() }
        handset.faults()
        click(checkNotNull(notice.action))
        await { handset.model.preferences.value.lines.isNotEmpty() }
    }
}
