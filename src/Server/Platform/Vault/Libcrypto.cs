using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Lastro.Server.Platform.Vault;

/// <summary>The few functions of OpenSSL's libcrypto that .NET has no type for. .NET itself loads the same library on Linux.</summary>
internal sealed class Libcrypto
{
    private Libcrypto(nint library)
    {
        NewPublicKey = Function<NewPublicKeyCall>(library, "EVP_PKEY_new_raw_public_key");
        FreeKey = Function<FreeCall>(library, "EVP_PKEY_free");
        NewContext = Function<NewContextCall>(library, "EVP_MD_CTX_new");
        FreeContext = Function<FreeCall>(library, "EVP_MD_CTX_free");
        VerifyInit = Function<VerifyInitCall>(library, "EVP_DigestVerifyInit");
        Verify = Function<VerifyCall>(library, "EVP_DigestVerify");
        ClearErrors = Function<ClearErrorsCall>(library, "ERR_clear_error");
    }

    /// <summary>What it is called on Linux, macOS and Windows.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["libcrypto.so.3", "libcrypto.so.1.1", "libcrypto.so", "libcrypto.3.dylib", "/opt/homebrew/lib/libcrypto.3.dylib", "/usr/local/lib/libcrypto.3.dylib", "libcrypto-3-x64.dll"];

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate nint NewPublicKeyCall(int type, nint engine, in byte key, nint length);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate void FreeCall(nint handle);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate nint NewContextCall();

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate int VerifyInitCall(nint context, nint keyContext, nint digest, nint engine, nint key);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate int VerifyCall(nint context, in byte signature, nint signatureLength, in byte data, nint dataLength);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate void ClearErrorsCall();

    public NewPublicKeyCall NewPublicKey { get; }

    public FreeCall FreeKey { get; }

    public NewContextCall NewContext { get; }

    public FreeCall FreeContext { get; }

    public VerifyInitCall VerifyInit { get; }

    public VerifyCall Verify { get; }

    /// <summary>A failed call leaves an entry in the thread's queue of errors, where .NET's next call would find it.</summary>
    public ClearErrorsCall ClearErrors { get; }

    /// <summary>Null, with the reason, where the library is missing or too old.</summary>
    public static bool TryLoad(IEnumerable<string> names, [NotNullWhen(true)] out Libcrypto? library, out string reason)
    {
        (library, reason) = (null, "OpenSSL's libcrypto is not installed on this server.");
        foreach (var name in names)
        {
            if (!NativeLibrary.TryLoad(name, out var handle)) continue;
            try
            {
                (library, reason) = (new Libcrypto(handle), "");
                return true;
            }
            catch (EntryPointNotFoundException)
            {
                NativeLibrary.Free(handle);
                reason = "OpenSSL's libcrypto on this server is too old: 1.1.1 or newer is needed.";
            }
        }

        return false;
    }

    private static T Function<T>(nint library, string name)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, name));
}
