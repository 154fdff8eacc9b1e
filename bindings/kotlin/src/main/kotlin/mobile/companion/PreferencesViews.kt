// Notification preferences as a Flow. The core only signals that something changed; the view is pulled where it is collected.

package mobile.companion

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow

/**
 * The notifications screen's state now, and again after every change.
 *
 * A slow collector misses steps in between and always gets the newest state. The core stops signalling when
 * collection ends.
 */
fun CompanionCore.preferencesViews(): Flow<PreferencesView> = flow {
    preferences().use { preferences ->
        signals(Topic.PREFERENCES).collect { emit(preferences.state()) }
    }
}
