def numbers():
    try:
        yield 1
    finally:
        print("closed")


generator = numbers()
print(next(generator))
