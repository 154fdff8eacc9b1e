// The core behind its Kotlin face, against the embedded operator.

package mobile.companion

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.Arguments
import org.junit.jupiter.params.provider.MethodSource
import java.nio.file.Path
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.seconds
import kotlin.time.measureTime

class SandboxTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `a usage refresh arrives in the flow`() = signedIn { _, phone ->
        val views = Channel<UsageView>(Channel.UNLIMITED)
        val collector = launch { phone.core.usageViews().collect { views.send(it) } }
        val first = views.receive()
        assertEquals(UsagePhase.NEVER_LOADED, first.phase)

        phone.core.usage().refresh()
        var newest = first
        while (newest.phase != UsagePhase.LOADED) newest = views.receive()

        assertTrue(newest.revision > first.revision)
        assertNotNull(newest.lines.first().hero)
        collector.cancelAndJoin()
    }

    @Test
    fun `no view comes twice`() = signedIn { _, phone ->
        val revisions = mutableListOf<ULong>()
        val collector = launch { phone.core.usageViews().collect { revisions += it.revision } }
        delay(500)
        phone.core.usage().refresh()
        delay(500)
        assertTrue(revisions.size > 1)
        assertEquals(revisions.distinct(), revisions)
        collector.cancelAndJoin()
    }

    @Test
    fun `a flow starts with what is there`() = signedIn { _, phone ->
        phone.core.usage().refresh()

        assertEquals(UsagePhase.LOADED, phone.core.usageViews().first().phase)
    }

    @Test
    fun `an observer that fails disturbs nobody else`() = signedIn { _, phone ->
        phone.core.observe(FailingObserver()).use {
            val loaded = async { phone.core.usageViews().first { it.phase == UsagePhase.LOADED } }
            phone.core.usage().refresh()
            loaded.await()
        }
    }

    @Test
    fun `cancelling the coroutine ends the refresh promptly`() = signedIn { sandbox, phone ->
        sandbox.faults(json("latencyMs" to 20_000))

        val refresh = async(Dispatchers.Default) { phone.core.usage().refresh() }
        delay(300)
        val took = measureTime { refresh.cancelAndJoin() }

        assertTrue(took < 3.seconds, "took $took")
        assertFailsWith<CancellationException> { refresh.await() }
    }

    @Test
    fun `the cancel token ends the refresh promptly`() = signedIn { sandbox, phone ->
        sandbox.faults(json("latencyMs" to 20_000))
        val token = CancelToken()

        val refresh = async(Dispatchers.Default) { runCatching { phone.core.usage().refresh(token) } }
        delay(300)
        token.cancel()

        val problem = withTimeout(3.seconds) { refresh.await() }.exceptionOrNull()
        assertEquals("cancelled", (problem as? Problem.Unexpected)?.code)
    }

    @Test
    fun `errors are typed`() = signedIn { sandbox, phone ->
        sandbox.faults(json("status" to 503))

        val problem = assertFailsWith<Problem.ServiceUnavailable> { phone.core.usage().refresh() }

        assertTrue(phone.core.explain(problem).sentence.isNotEmpty())
    }

    @Test
    fun `a broken profile names its field`() {
        val problem = assertFailsWith<Problem.Configuration> { Phone(folder, """{"schema": 1}""") }

        assertTrue(problem.field.isNotEmpty())
    }

    @Test
    fun `what an operator does not offer is absent, and opened all the same it says so`() = runBlocking {
        val sandbox = Sandbox(json("seed" to 1, "now" to NOON, "operator" to "prepaid-polder"))
        Phone(folder, sandbox.profile).use { phone ->
            phone.signIn(sandbox.person("emma"), sandbox)
            val core = phone.core

            val frame = core.frame()
            assertEquals(listOf(Place.USAGE, Place.MORE), frame.bar.map { it.place })
            assertEquals(listOf("https://www.polder.example/chat"), frame.contacts.map { it.link })
            assertEquals(InvoicesPhase.NOT_OFFERED, core.invoices().state().phase)
            assertEquals(WifiCallingPhase.NOT_OFFERED, core.wifiCalling().state().phase)
            val problem = assertFailsWith<Problem.Unexpected> { core.wifiCalling().answer("1", "1") }
            assertEquals("not_offered", problem.code)
            assertNull(core.help().article("wifi-calling"))
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    fun `a secure store that fails says why`(error: Exception, reason: StorageFailure) {
        val sandbox = Sandbox(json("seed" to 1, "now" to NOON))

        val problem = assertFailsWith<Problem.StorageUnavailable> {
            Phone(folder, sandbox.profile, secrets = FailingSecureStore(error))
        }

        assertEquals(reason, problem.reason)
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    fun scenario(name: String) = runBlocking { Scenario(name).play(folder) }

    private fun signedIn(test: suspend CoroutineScope.(Sandbox, Phone) -> Unit) = runBlocking {
        val sandbox = Sandbox(json("seed" to 1, "now" to NOON))
        Phone(folder, sandbox.profile).use { phone ->
            phone.signIn(sandbox.person("emma"), sandbox)
            withTimeout(30.seconds) { test(sandbox, phone) }
        }
    }

    companion object {
        /** The last one is nothing the store is allowed to throw. */
        @JvmStatic
        fun failures() = listOf(
            Arguments.of(HostException.Locked(), StorageFailure.LOCKED),
            Arguments.of(HostException.Failed(), StorageFailure.FAILING),
            Arguments.of(IllegalStateException("on purpose"), StorageFailure.FAILING),
        )

        /** JUnit fails the test when there are none. */
        @JvmStatic
        fun scenarios(): List<String> = Scenario.names()
    }
}
