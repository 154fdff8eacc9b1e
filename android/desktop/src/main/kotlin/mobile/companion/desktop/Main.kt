// The window: opens with a sandbox operator of its own and ends it when it is closed.

package mobile.companion.desktop

import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.ui.unit.DpSize
import androidx.compose.ui.unit.dp
import androidx.compose.ui.window.Window
import androidx.compose.ui.window.WindowPosition
import androidx.compose.ui.window.awaitApplication
import androidx.compose.ui.window.rememberWindowState
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import java.io.File
import java.io.IOException
import java.nio.file.Files
import java.nio.file.attribute.PosixFilePermissions
import kotlin.system.exitProcess

/** Of a folder that is kept the operator's address must be, too. */
private const val PORT = 8443

private const val USAGE = """android/desktop/run [--data DIR]    the app in a window, on a sandbox operator
  --data DIR    keep the phones there; without it they are gone when the window is closed"""

private val OWNER_ONLY = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))

/** What the window is called. */
const val TITLE = "Companion"

fun main(arguments: Array<String>) {
    val folder = when {
        arguments.isEmpty() -> null
        arguments.size == 2 && arguments[0] == "--data" -> File(arguments[1])
        else -> {
            System.err.println(USAGE)
            exitProcess(2)
        }
    }
    try {
        run(folder)
    } catch (failure: IOException) {
        System.err.println(failure.message)
        exitProcess(1)
    }
    exitProcess(0)
}

/** Shows the window until it is closed. The phones are in [kept], or in a folder that is then removed. */
fun run(kept: File?) {
    // Where OpenGL fails, the window that is drawn by software in its place at times gets no clicks.
    System.setProperty("skiko.renderApi", "SOFTWARE")
    val folder = kept ?: Files.createTempDirectory("companion").toFile()
    // Also where this process is told to end.
    if (kept == null) Runtime.getRuntime().addShutdownHook(Thread { folder.deleteRecursively() })
    try {
        // Secrets lie in it.
        Files.createDirectories(folder.toPath(), OWNER_ONLY)
        val program = File(System.getProperty("sandbox.program"))
        Operator(program, if (kept == null) 0 else PORT, folder).use { show(it, folder) }
    } finally {
        if (kept == null) folder.deleteRecursively()
    }
}

private fun show(operator: Operator, folder: File) = runBlocking {
    val scope = CoroutineScope(SupervisorJob() + Dispatchers.Main)
    val desk = Desk(operator, folder, scope)
    awaitApplication {
        val closing = rememberCoroutineScope()
        val state = rememberWindowState(position = WindowPosition.PlatformDefault, size = DpSize(WIDTH, HEIGHT))
        Window(
            onCloseRequest = {
                closing.launch {
                    desk.close()
                    exitApplication()
                }
            },
            state = state,
            title = TITLE,
            onKeyEvent = { desk.back(it) },
        ) { Content(desk) }
    }
    scope.cancel()
}

private val WIDTH = 700.dp
private val HEIGHT = 860.dp
