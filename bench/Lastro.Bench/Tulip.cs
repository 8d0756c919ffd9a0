using System.Runtime.InteropServices;

namespace Lastro.Bench;

/// <summary>Tulip's indicators in C, as bench/peers/build.sh makes them; without that library there is nothing to compare with, and the line says so.</summary>
internal static unsafe class Tulip
{
    private static readonly nint _library = Load();

    public static bool IsHere => _library != 0;

    /// <summary>One run over columns: Tulip's outputs begin where the first value is known.</summary>
    public static Action Run(string name, double[] options, double[][] inputs, int outputs)
    {
        var call = (delegate* unmanaged<int, double**, double*, double**, int>)NativeLibrary.GetExport(_library, "ti_" + name);
        var rows = inputs[0].Length;
        // Pinned for as long as the process runs: a benchmark, not a library.
        var from = Pinned(inputs);
        var to = Pinned([.. Enumerable.Range(0, outputs).Select(_ => new double[rows])]);
        var settings = (double*)Pin(options);
        return () =>
        {
            if (call(rows, from, settings, to) != 0) throw new InvalidOperationException($"ti_{name} refused its options");
        };
    }

    private static double** Pinned(double[][] columns)
    {
        var pointers = (double**)NativeMemory.Alloc((nuint)columns.Length, (nuint)sizeof(double*));
        for (var column = 0; column < columns.Length; column++) pointers[column] = (double*)Pin(columns[column]);
        return pointers;
    }

    private static nint Pin(double[] values) => GCHandle.Alloc(values, GCHandleType.Pinned).AddrOfPinnedObject();

    private static nint Load()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (NativeLibrary.TryLoad(Path.Combine(folder.FullName, "artifacts", "peers", "libtulip.so"), out var library)) return library;
        }

        return 0;
    }
}
