using Lastro.Server.Platform.Vault;

namespace Lastro.Server.Tests.Vault;

public sealed class Ed25519Tests
{
    /// <summary>RFC 8032, 7.1: public key, message, signature of TEST 1 to 3 and TEST SHA(abc).</summary>
    public static TheoryData<string, string, string> Vectors => new()
    {
        {
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        },
        {
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        },
        {
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        },
        {
            "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"
        },
    };

    private readonly Ed25519 _curve = new(Libcrypto.Names);

    [Theory]
    [MemberData(nameof(Vectors))]
    public void The_vectors_of_RFC_8032_verify_and_nothing_near_them_does(string key, string message, string signature)
    {
        _curve.Missing.ShouldBeNull();
        using var known = _curve.Read(Convert.FromHexString(key)).ShouldNotBeNull();
        var (data, sign) = (Convert.FromHexString(message), Convert.FromHexString(signature));
        known.Verify(data, sign).ShouldBeTrue();
        known.Verify([.. data, 0], sign).ShouldBeFalse();
        for (var place = 0; place < sign.Length; place++)
        {
            var changed = sign.ToArray();
            changed[place] ^= 1;
            known.Verify(data, changed).ShouldBeFalse($"byte {place}");
        }

        known.Verify(data, sign.AsSpan(0, 63)).ShouldBeFalse();
        known.Verify(data, []).ShouldBeFalse();
        using var other = _curve.Read(Convert.FromHexString("278117fc144c72340f67d0f2316e8386ceffbf2b2428c9c51fef7c597f1d426e")).ShouldNotBeNull();
        other.Verify(data, sign).ShouldBeFalse();
        known.Verify(data, sign).ShouldBeTrue();
    }

    [Fact]
    public void Many_threads_verify_with_one_key()
    {
        var vector = Vectors.ElementAt(2);
        using var known = _curve.Read(Convert.FromHexString((string)vector[0])).ShouldNotBeNull();
        var (data, sign) = (Convert.FromHexString((string)vector[1]), Convert.FromHexString((string)vector[2]));
        Parallel.For(0, 2_000, _ => known.Verify(data, sign).ShouldBeTrue());
    }

    [Fact]
    public void What_is_no_key_is_none()
    {
        _curve.Read([]).ShouldBeNull();
        _curve.Read(new byte[31]).ShouldBeNull();
        _curve.Read(new byte[33]).ShouldBeNull();
    }

    [Theory]
    [InlineData("no-such-library", "not installed")]
    [InlineData("libc.so.6", "too old")]
    public void Without_the_library_it_says_why(string name, string reason)
    {
        var curve = new Ed25519([name]);
        curve.Missing.ShouldNotBeNull().ShouldContain(reason);
        Should.Throw<PlatformNotSupportedException>(() => curve.Read(new byte[32]));
    }
}
