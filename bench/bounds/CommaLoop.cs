namespace Lastro.Bounds;

/// <summary>Every byte of a file turned into integers between commas; nothing is checked and nothing kept.</summary>
internal static class CommaLoop
{
    public static long Run(string path)
    {
        using var file = File.OpenHandle(path);
        var buffer = new byte[128 * 1024];
        var (sum, value, offset) = (0L, 0L, 0L);
        unchecked
        {
            while (RandomAccess.Read(file, buffer, offset) is var read && read > 0)
            {
                offset += read;
                foreach (var character in buffer.AsSpan(0, read))
                {
                    var digit = (uint)(character - '0');
                    if (digit <= 9)
                        value = (value * 10) + digit;
                    else if (character != '.')
                        (sum, value) = (sum + value, 0);
                }
            }
        }

        return sum;
    }
}
