"""Files and data compressed with LZMA: .xz, .lzma and raw streams.

Written for Taipan to the interface of CPython's module of this name.
"""
import builtins
import io
import os
from _compression import DecompressReader, BaseStream
from _lzma import *
from _lzma import _encode_filter_properties, _decode_filter_properties

__all__ = [
    'CHECK_NONE', 'CHECK_CRC32', 'CHECK_CRC64', 'CHECK_SHA256', 'CHECK_ID_MAX', 'CHECK_UNKNOWN',
    'FILTER_LZMA1', 'FILTER_LZMA2', 'FILTER_DELTA', 'FILTER_X86', 'FILTER_IA64', 'FILTER_ARM',
    'FILTER_ARMTHUMB', 'FILTER_POWERPC', 'FILTER_SPARC',
    'FORMAT_AUTO', 'FORMAT_XZ', 'FORMAT_ALONE', 'FORMAT_RAW',
    'MF_HC3', 'MF_HC4', 'MF_BT2', 'MF_BT3', 'MF_BT4',
    'MODE_FAST', 'MODE_NORMAL', 'PRESET_DEFAULT', 'PRESET_EXTREME',
    'LZMACompressor', 'LZMADecompressor', 'LZMAFile', 'LZMAError',
    'open', 'compress', 'decompress', 'is_check_supported',
]

_WRITE_MODES = ('w', 'a', 'x')


class LZMAFile(BaseStream):
    """A binary file over compressed data: it is read or written, never both."""

    def __init__(self, filename=None, mode='r', *, format=None, check=-1, preset=None, filters=None):
        """Open a file by its name, or wrap a file object that is open already.

        The mode is r, w, x or a, with or without b. Reading takes format (default: told from the data) and,
        for raw data, filters; writing takes format (default: FORMAT_XZ), check, and preset or filters.
        """
        self._fp = None
        self._owns_file = False
        self._reading = False
        self._writing = False
        kind = mode[:-1] if mode in ('rb', 'wb', 'ab', 'xb') else mode
        if kind == 'r':
            if check != -1:
                raise ValueError('Cannot specify an integrity check when opening a file for reading')
            if preset is not None:
                raise ValueError('Cannot specify a preset compression level when opening a file for reading')
            container = FORMAT_AUTO if format is None else format
        elif kind in _WRITE_MODES:
            container = FORMAT_XZ if format is None else format
            self._compressor = LZMACompressor(format=container, check=check, preset=preset, filters=filters)
            self._pos = 0
        else:
            raise ValueError(f'Invalid mode: {mode!r}')
        if isinstance(filename, (str, bytes, os.PathLike)):
            self._fp = builtins.open(filename, kind + 'b')
            self._owns_file = True
        elif hasattr(filename, 'read') or hasattr(filename, 'write'):
            self._fp = filename
        else:
            raise TypeError('filename must be a str, bytes, file or PathLike object')
        if kind == 'r':
            raw = DecompressReader(
                self._fp, LZMADecompressor, trailing_error=LZMAError, format=container, filters=filters
            )
            self._buffer = io.BufferedReader(raw)
            self._reading = True
        else:
            self._writing = True

    def close(self):
        """Write what is left and close; a second call does nothing."""
        if self._fp is None:
            return
        try:
            if self._reading:
                self._buffer.close()
                self._buffer = None
            elif self._writing:
                self._fp.write(self._compressor.flush())
                self._compressor = None
        finally:
            file, self._fp = self._fp, None
            owned, self._owns_file = self._owns_file, False
            self._reading = self._writing = False
            if owned:
                file.close()

    @property
    def closed(self):
        """Whether the file is closed."""
        return self._fp is None

    def fileno(self):
        """Give the descriptor of the file below."""
        self._check_not_closed()
        return self._fp.fileno()

    def seekable(self):
        """Tell whether the position can be changed."""
        return self.readable() and self._buffer.seekable()

    def readable(self):
        """Tell whether the file is open for reading."""
        self._check_not_closed()
        return self._reading

    def writable(self):
        """Tell whether the file is open for writing."""
        self._check_not_closed()
        return self._writing

    def peek(self, size=-1):
        """Give some of the data that comes next, and leave the position as it is."""
        self._check_can_read()
        return self._buffer.peek(size)

    def read(self, size=-1):
        """Read so many bytes, or all that are left."""
        self._check_can_read()
        return self._buffer.read(size)

    def read1(self, size=-1):
        """Read some bytes with as few reads below as can be."""
        self._check_can_read()
        return self._buffer.read1(io.DEFAULT_BUFFER_SIZE if size < 0 else size)

    def readline(self, size=-1):
        """Read a line, or its first bytes."""
        self._check_can_read()
        return self._buffer.readline(size)

    def write(self, data):
        """Write bytes and give their number; they may reach the file only when it is closed."""
        self._check_can_write()
        length = len(data) if isinstance(data, (bytes, bytearray)) else memoryview(data).nbytes
        self._fp.write(self._compressor.compress(data))
        self._pos += length
        return length

    def seek(self, offset, whence=io.SEEK_SET):
        """Change the position, by reading on or from the beginning again."""
        self._check_can_seek()
        return self._buffer.seek(offset, whence)

    def tell(self):
        """Give the position in the uncompressed data."""
        self._check_not_closed()
        return self._buffer.tell() if self._reading else self._pos


def open(filename, mode='rb', *, format=None, check=-1, preset=None, filters=None,
         encoding=None, errors=None, newline=None):
    """Open a compressed file in binary or, with t in the mode, in text mode."""
    is_text = 't' in mode
    if is_text and 'b' in mode:
        raise ValueError(f'Invalid mode: {mode!r}')
    if not is_text:
        for name, value in ('encoding', encoding), ('errors', errors), ('newline', newline):
            if value is not None:
                raise ValueError(f"Argument '{name}' not supported in binary mode")
    binary = LZMAFile(
        filename, mode.replace('t', ''), format=format, check=check, preset=preset, filters=filters
    )
    if not is_text:
        return binary
    return io.TextIOWrapper(binary, io.text_encoding(encoding), errors, newline)


def compress(data, format=FORMAT_XZ, check=-1, preset=None, filters=None):
    """Compress a block of data."""
    compressor = LZMACompressor(format, check, preset, filters)
    return compressor.compress(data) + compressor.flush()


def decompress(data, format=FORMAT_AUTO, memlimit=None, filters=None):
    """Decompress data: one stream, or several one after the other, and nothing but junk behind them."""
    parts = []
    while True:
        decompressor = LZMADecompressor(format, memlimit, filters)
        try:
            part = decompressor.decompress(data)
        except LZMAError:
            if parts:
                break
            raise
        parts.append(part)
        if not decompressor.eof:
            raise LZMAError('Compressed data ended before the end-of-stream marker was reached')
        data = decompressor.unused_data
        if not data:
            break
    return b''.join(parts)
