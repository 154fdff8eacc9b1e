// Wi-Fi calling behind the Kotlin face: what the phone tells, the walk, an order, the network check.

package mobile.companion

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonObject
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import java.util.concurrent.ConcurrentLinkedQueue
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.seconds
import kotlin.time.measureTime

class WifiCallingTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `an order is switched on and the walk goes on by answers`() = ready("emma") { sandbox, phone ->
        phone.core.wifiCalling().use { room ->
            assertNull(room.state().step, "nothing is said of a phone that told nothing")
            room.tell(pixel("00101"))
            val first = assertNotNull(phone.core.wifiCallingViews().first { it.step != null }.step)
            assertEquals("not-provisioned", first.id)
            assertNotNull(first.switchOn)

            val ordered = async(Dispatchers.Default) { room.switchOn() }
            // It is shown before it is sent; the operator's minute begins when it came.
            phone.core.wifiCallingViews().first { it.step?.id == "being-provisioned" }
            isWatched(sandbox)
            sandbox.advance(61)
            phone.clock.advance(61)
            ordered.await()

            val on = assertNotNull(phone.core.wifiCallingViews().first { it.line == WifiLineState.ON }.step)
            assertEquals("switch-on", on.id)
            assertEquals(listOf("Appels Wi-Fi"), on.paths.first().crumbs.last().labels, "in the phone's language")
            val yes = on.answers.first()
            room.answer(on.id, yes.id)
            assertEquals("network", room.state().step?.id)
            assertEquals(WifiPhoneState.SAID_ON, room.state().phone)
            room.answer(on.id, yes.id)
            assertEquals("network", room.state().step?.id, "the second of two taps")
        }
        phone.reopen()
        phone.core.wifiCalling().use { room ->
            room.tell(pixel("00101"))
            assertEquals("network", room.state().step?.id, "the app was killed, and nothing is asked twice")
        }
    }

    @Test
    fun `cancelling the coroutine ends the looking at an order`() = ready("emma") { sandbox, phone ->
        phone.core.wifiCalling().use { room ->
            room.tell(pixel("00101"))
            val ordering = async(Dispatchers.Default) { room.switchOn() }
            isWatched(sandbox)
            val took = measureTime { ordering.cancelAndJoin() }
            assertTrue(took < 3.seconds, "took $took")
            assertFailsWith<CancellationException> { ordering.await() }

            // Without the cancellation the next look comes within two seconds.
            val seen = sandbox.requests(ORDERS)
            delay(2_500)
            assertEquals(seen, sandbox.requests(ORDERS), "the core goes on looking")
            assertEquals("being-provisioned", room.state().step?.id, "an order that was sent stays sent")
        }
    }

    @Test
    fun `the check tells its steps and goes only by the network that is lent`() = runBlocking {
        val sandbox = Sandbox(json("seed" to 1, "now" to NOON))
        val asked = ConcurrentLinkedQueue<NetworkPath>()
        // Lets nothing out. Its resolver is an address of documentation.
        val probe = object : ProbeNetwork {
            override fun resolvers(path: NetworkPath) = listOf("192.0.2.1")

            override fun bind(path: NetworkPath, socket: Int) {
                asked.add(path)
                throw BindFailure.NoNetwork()
            }
        }
        Phone(folder, withOwnGuides(sandbox.profile), probeNetwork = probe).use { phone ->
            phone.signIn(sandbox.person("luc"), sandbox)
            phone.core.wifiCalling().use { room ->
                room.tell(pixel("20605"))
                val steps = ConcurrentLinkedQueue<NetworkCheckStep>()
                val progress = object : CheckProgress {
                    override fun at(step: NetworkCheckStep, said: SpokenText) {
                        steps.add(step)
                    }
                }
                withTimeout(30.seconds) { room.check(progress) }

                val check = assertNotNull(room.state().check)
                assertEquals(NetworkVerdict.NOT_TESTED, check.verdict)
                assertEquals(4, check.evidence.size)
                assertEquals(NetworkCheckStep.NAME, steps.first())
                assertTrue(NetworkCheckStep.DOORS !in steps && NetworkPath.WIFI in asked)
                room.check()
                val again = assertNotNull(room.state().check)
                assertEquals(check.sentence.text, again.sentence.text, "what sent nothing costs nothing")
            }
        }
    }

    private fun ready(key: String, test: suspend CoroutineScope.(Sandbox, Phone) -> Unit) = runBlocking {
        val sandbox = Sandbox(json("seed" to 1, "now" to NOON))
        Phone(folder, sandbox.profile).use { phone ->
            phone.signIn(sandbox.person(key), sandbox)
            withTimeout(30.seconds) {
                phone.core.wifiCalling().use { it.refresh() }
                test(sandbox, phone)
            }
        }
    }

    /** The order came, and was looked at once. */
    private suspend fun isWatched(sandbox: Sandbox) {
        while (sandbox.requests(ORDERS) < 2) delay(50)
    }

    private fun pixel(network: String) = PhoneFacts(
        platform = PhonePlatform.ANDROID,
        maker = "Google",
        osVersion = "15",
        language = "fr",
        sims = listOf(SimFacts(operator = network)),
    )

    /** The operator issues no guides: those of the core allow the check. */
    private fun withOwnGuides(profile: String): String {
        val whole = Json.parseToJsonElement(profile).jsonObject
        val own = JsonObject(mapOf("networks" to JsonArray(listOf(JsonPrimitive("20605")))))
        val apis = JsonObject(whole.getValue("apis").jsonObject + ("wifiCalling" to own))
        return JsonObject(whole + ("apis" to apis)).toString()
    }

    private companion object {
        const val ORDERS = "/tmf-api/serviceOrdering"
    }
}
