using System.Text;
using RemoteRendering.Sessions.Pipeline.Tokens;

namespace RemoteRendering.Sessions.Tests.Pipeline.Tokens;

public sealed class JsonWebTokenTests
{
    [Theory]
    [InlineData("""{"iat":1000,"exp":2000}""", 1000L, 2000)]
    [InlineData("""{"nbf":1500,"exp":2000}""", 1500L, 2000)]
    [InlineData("""{"iat":1000,"nbf":1500,"exp":2000}""", 1000L, 2000)]
    [InlineData("""{"iat":"x","nbf":1500,"exp":2000}""", 1500L, 2000)]
    [InlineData("""{"exp":2000.9}""", null, 2000)]
    [InlineData("""{"exp":2e3}""", null, 2000)]
    [InlineData("""{"exp":0}""", null, 0)]
    [InlineData("""{"iat":-1,"exp":2000}""", null, 2000)]
    [InlineData("""{"iat":1e300,"exp":253402300799}""", null, 253402300799)]
    public void TryRead_OfATokenWithAnExpiry_HasItsTimes(string payload, long? issuedAt, long expiresOn)
    {
        Assert.True(JsonWebToken.TryRead(Token(payload), out JsonWebToken token));

        Assert.Equal(issuedAt, token.IssuedAt?.ToUnixTimeSeconds());
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(expiresOn), token.ExpiresOn);
    }

    [Theory]
    [InlineData("""{"iat":1000}""")]
    [InlineData("""{"exp":"2000"}""")]
    [InlineData("""{"exp":null}""")]
    [InlineData("""{"exp":-1}""")]
    [InlineData("""{"exp":253402300800}""")]
    [InlineData("""{"exp":1e400}""")]
    [InlineData("""{"EXP":2000}""")]
    [InlineData("""[2000]""")]
    [InlineData("2000")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("")]
    public void TryRead_OfATokenWithoutAnExpiry_IsFalse(string payload)
    {
        Assert.False(JsonWebToken.TryRead(Token(payload), out JsonWebToken token));

        Assert.Equal((null, default), (token.IssuedAt, token.ExpiresOn));
    }

    [Theory]
    [InlineData("")]
    [InlineData("opaque")]
    [InlineData("a.b")]
    [InlineData("a.!.c")]
    [InlineData("a.e.c")]
    [InlineData("..")]
    [InlineData("a.b.c.d")]
    public void TryRead_OfAnotherText_IsFalse(string text) => Assert.False(JsonWebToken.TryRead(text, out _));

    [Fact]
    public void TryRead_OfASegmentOfEveryLength_WithTheAlphabetOfAddresses_IsRead()
    {
        for (int i = 0; i < 4; i++)
        {
            string token = Token("{\"exp\":2000,\"x\":\"" + new string('x', i) + "ÿ>?~\"}");

            Assert.True(JsonWebToken.TryRead(token, out JsonWebToken read), token);
            Assert.Equal(2000, read.ExpiresOn.ToUnixTimeSeconds());
        }
    }

    private static string Token(string payload)
        => "e30." + Convert.ToBase64String(Encoding.UTF8.GetBytes(payload)).TrimEnd('=').Replace('+', '-').Replace('/', '_') + ".c2ln";
}
