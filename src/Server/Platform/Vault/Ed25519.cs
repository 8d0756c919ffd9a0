using System.Runtime.InteropServices;

namespace Lastro.Server.Platform.Vault;

/// <summary>Ed25519 (RFC 8032) by OpenSSL: .NET 10 has no type for it, and curve arithmetic is not ours to write.</summary>
internal sealed class Ed25519
{
    public const int KeyLength = 32;
    public const int SignatureLength = 64;

    private const int KeyType = 1087; // NID_ED25519 of OpenSSL's objects.

    private readonly Libcrypto? _library;

    /// <param name="names">What the library may be called, first come first used.</param>
    public Ed25519(IEnumerable<string> names) => Missing = Libcrypto.TryLoad(names, out _library, out var reason) ? null : reason;

    /// <summary>Why Ed25519 cannot be used on this server; null when it can.</summary>
    public string? Missing { get; }

    /// <summary>A public key, ready to verify; null when it is none.</summary>
    /// <exception cref="PlatformNotSupportedException">OpenSSL is missing; see <see cref="Missing"/>.</exception>
    public PublicKey? Read(ReadOnlySpan<byte> raw)
    {
        var library = _library ?? throw new PlatformNotSupportedException(Missing);
        if (raw.Length != KeyLength) return null;
        var handle = library.NewPublicKey(KeyType, 0, in MemoryMarshal.GetReference(raw), raw.Length);
        if (handle != 0) return new PublicKey(library, handle);
        library.ClearErrors();
        return null;
    }

    /// <summary>A public key in OpenSSL's form. Many threads may verify with it at once.</summary>
    internal sealed class PublicKey : SafeHandle
    {
        private readonly Libcrypto _library;

        public PublicKey(Libcrypto library, nint key)
            : base(0, ownsHandle: true)
        {
            _library = library;
            SetHandle(key);
        }

        public override bool IsInvalid => handle == 0;

        /// <summary>Is it this key's signature over these bytes?</summary>
        public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
        {
            if (signature.Length != SignatureLength) return false;
            // A reference to nothing is not given away: OpenSSL reads no byte of it, but the marshaller wants an address.
            var bytes = data.IsEmpty ? "\0"u8 : data;
            var held = false;
            DangerousAddRef(ref held);
            var context = _library.NewContext();
            try
            {
                var right = context != 0 && _library.VerifyInit(context, 0, 0, 0, handle) == 1
                    && _library.Verify(context, in MemoryMarshal.GetReference(signature), signature.Length, in MemoryMarshal.GetReference(bytes), data.Length) == 1;
                if (!right) _library.ClearErrors();
                return right;
            }
            finally
            {
                if (context != 0) _library.FreeContext(context);
                if (held) DangerousRelease();
            }
        }

        protected override bool ReleaseHandle()
        {
            _library.FreeKey(handle);
            return true;
        }
    }
}
