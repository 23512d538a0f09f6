// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEEncrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.AESEncrypter;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tokens are what RFC 7516 says, and nothing else is taken for one. */
class TokenSealerTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Instant LATER = NOW.plus(Duration.ofMinutes(5));
  private static final Claims CLAIMS = new Claims("host", "session", "grant", "redemption");

  private final CookieKey key = CookieKey.of("k\"1", filled(), Instant.EPOCH);
  private final TokenSealer sealer = at(NOW);

  private static byte[] filled() {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) 7);
    return bytes;
  }

  private TokenSealer at(Instant when) {
    return new TokenSealer(() -> new KeyRing(null, key, null), Clock.fixed(when, ZoneOffset.UTC));
  }

  private String good() {
    return sealer.seal(TokenPurpose.ACCESS, CLAIMS, LATER);
  }

  private boolean opens(String token) {
    return sealer.open(TokenPurpose.ACCESS, token).isPresent();
  }

  @Test
  void anotherImplementationReadsThem() throws Exception {
    JWEObject token = JWEObject.parse(good());
    token.decrypt(new DirectDecrypter(key.key()));

    assertThat(token.getHeader().getAlgorithm()).isEqualTo(JWEAlgorithm.DIR);
    assertThat(token.getHeader().getEncryptionMethod()).isEqualTo(EncryptionMethod.A256GCM);
    assertThat(token.getHeader().getKeyID()).isEqualTo("k\"1");
    assertThat(new JsonObject(token.getPayload().toString()).getString("g")).isEqualTo("grant");
    assertThat(opens(good())).isTrue();
  }

  @Test
  void theHeaderIsFixedLetterForLetter() {
    String header =
        new String(
            Base64.getUrlDecoder().decode(good().substring(0, good().indexOf('.'))),
            StandardCharsets.UTF_8);

    assertThat(header).isEqualTo("{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":\"k\\\"1\"}");
  }

  private String other(JWEHeader header, JWEEncrypter encrypter) throws Exception {
    JWEObject token = new JWEObject(header, new Payload(payload()));
    token.encrypt(encrypter);
    return token.serialize();
  }

  private String payload() throws Exception {
    JWEObject token = JWEObject.parse(good());
    token.decrypt(new DirectDecrypter(key.key()));
    return token.getPayload().toString();
  }

  @Test
  void noOtherAlgorithmIsTakenEvenWithTheRightKey() throws Exception {
    assertThat(
            opens(
                other(
                    new JWEHeader.Builder(JWEAlgorithm.A256KW, EncryptionMethod.A256GCM)
                        .keyID("k\"1")
                        .build(),
                    new AESEncrypter(key.key()))))
        .isFalse();
    assertThat(
            opens(
                other(
                    new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A128CBC_HS256)
                        .keyID("k\"1")
                        .build(),
                    new DirectEncrypter(key.key()))))
        .isFalse();
    assertThat(
            opens(
                other(
                    new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM)
                        .keyID("k\"1")
                        .compressionAlgorithm(com.nimbusds.jose.CompressionAlgorithm.DEF)
                        .build(),
                    new DirectEncrypter(key.key()))))
        .isFalse();
  }

  @Test
  void noLetterCanBeChangedAndNoneLeftOut() {
    String token = good();
    for (int i = 0; i < token.length(); i++) {
      char changed = token.charAt(i) == 'A' ? 'Q' : 'A';
      String other = token.substring(0, i) + changed + token.substring(i + 1);
      boolean lastBitsOfAPart = i + 1 == token.length() || token.charAt(i + 1) == '.';
      assertThat(lastBitsOfAPart || !opens(other)).as("letter " + i).isTrue();
      assertThat(opens(token.substring(0, i))).as("the first " + i).isFalse();
    }
    assertThat(opens(token + ".")).isFalse();
    assertThat(opens("x".repeat(100_000))).isFalse();
    assertThat(opens(token.replaceFirst("\\.\\.", ".AA."))).isFalse();
  }

  @Test
  void everyTokenHasANonceOfItsOwn() {
    Set<String> nonces = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      nonces.add(good().split("\\.", -1)[2]);
    }
    assertThat(nonces).hasSize(1000);
  }

  @Test
  void clocksMayDifferByAMinute() {
    Duration minute = Duration.ofSeconds(60);
    String token = good();

    assertThat(at(NOW.minus(minute)).open(TokenPurpose.ACCESS, token)).isPresent();
    assertThat(at(NOW.minus(minute).minusSeconds(1)).open(TokenPurpose.ACCESS, token)).isEmpty();
    assertThat(at(LATER.plus(minute).minusSeconds(1)).open(TokenPurpose.ACCESS, token))
        .contains(CLAIMS);
    assertThat(at(LATER.plus(minute)).open(TokenPurpose.ACCESS, token)).isEmpty();
  }
}
