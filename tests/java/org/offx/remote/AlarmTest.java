package org.offx.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.offx.Await;

/** What ends waits that have no limit of their own. */
@Timeout(60)
final class AlarmTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void whatIsNotClosedInTimeRings() throws InterruptedException {
        CountDownLatch rung = new CountDownLatch(1);
        try (Alarm alarm = new Alarm(Duration.ofMillis(10), rung::countDown)) {
            assertThat(rung.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(alarm.rang()).isTrue();
        }
    }

    @Test
    void anAlarmWhoseActionTakesItsTimeHoldsUpNoOther() throws InterruptedException {
        CountDownLatch rung = new CountDownLatch(1);
        CountDownLatch other = new CountDownLatch(1);
        try (Alarm slow = new Alarm(Duration.ofMillis(10), () -> awaits(other));
                Alarm quick = new Alarm(Duration.ofMillis(20), rung::countDown)) {
            assertThat(rung.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(slow.rang() && quick.rang()).isTrue();
        } finally {
            other.countDown();
        }
    }

    private static void awaits(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Its action may hold a connection. */
    @Test
    void whatWasClosedInTimeIsForgottenLongBeforeItWouldRing() throws Exception {
        WeakReference<Object> held = closed();

        Await.until("what the alarm held is gone", SOON, () -> {
            System.gc();
            return held.get() == null;
        });
    }

    private static WeakReference<Object> closed() {
        Object connection = new Object();
        Alarm alarm = new Alarm(Duration.ofHours(1), connection::hashCode);
        alarm.close();
        assertThat(alarm.rang()).isFalse();
        return new WeakReference<>(connection);
    }
}
